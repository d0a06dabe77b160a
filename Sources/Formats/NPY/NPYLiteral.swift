/// The little of Python's literal syntax that NumPy writes into headers: one dict of strings, booleans and tuples of
/// integers. Anything else is an error at its byte.
struct NPYLiteral {
  enum Value: Equatable {
    case string(String)
    case bool(Bool)
    case tuple([Int])
    /// A list: the description of a structured dtype. Its content is not looked at.
    case list
  }

  private let bytes: [UInt8]
  private let offset: Int
  private var position = 0

  init(bytes: [UInt8], offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func parseDictionary() throws(NPYHeader.Problem) -> [String: Value] {
    var fields: [String: Value] = [:]
    try expect("{")
    while !consume("}") {
      let key = try parseString()
      try expect(":")
      guard fields.updateValue(try parseValue(), forKey: key) == nil else {
        throw problem("'\(key)' stands twice")
      }
      if !consume(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard position == bytes.count else { throw problem("something follows the header's dict") }
    return fields
  }

  private mutating func parseValue() throws(NPYHeader.Problem) -> Value {
    skipSpaces()
    switch position < bytes.count ? bytes[position] : 0 {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "("): return .tuple(try parseTuple())
    case UInt8(ascii: "["):
      try skipList()
      return .list
    default:
      if consume("True") { return .bool(true) }
      if consume("False") { return .bool(false) }
      throw problem("a literal is expected")
    }
  }

  private mutating func parseString() throws(NPYHeader.Problem) -> String {
    skipSpaces()
    guard position < bytes.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[position]) else {
      throw problem("a string is expected")
    }
    let quote = bytes[position]
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else {
      throw problem("a string does not end")
    }
    let content = bytes[position + 1..<end]
    guard !content.contains(UInt8(ascii: "\\")) else { throw problem("escapes are not expected in a header") }
    position = end + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func parseTuple() throws(NPYHeader.Problem) -> [Int] {
    var values: [Int] = []
    try expect("(")
    while !consume(")") {
      skipSpaces()
      let start = position
      if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
      while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
        position += 1
      }
      guard position > start else { throw problem("an integer is expected in shape") }
      guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw problem("a dimension overflows")
      }
      guard values.count < 32 else { throw problem("more than 32 dimensions") }
      values.append(value)
      _ = consume("L")  // Python 2 wrote long integers so.
      if !consume(",") {
        try expect(")")
        break
      }
    }
    return values
  }

  private mutating func skipList() throws(NPYHeader.Problem) {
    var depth = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "[") { depth += 1 }
      if bytes[position] == UInt8(ascii: "]") { depth -= 1 }
      position += 1
      if depth == 0 { return }
    }
    throw problem("a list does not end")
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
  }

  private mutating func consume(_ word: StaticString) -> Bool {
    skipSpaces()
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes.count - position >= wanted.count,
      bytes[position..<position + wanted.count].elementsEqual(wanted)
    else { return false }
    position += wanted.count
    return true
  }

  private mutating func expect(_ word: StaticString) throws(NPYHeader.Problem) {
    guard consume(word) else { throw problem("'\(word)' is expected in the header") }
  }

  private func problem(_ message: String) -> NPYHeader.Problem { .init(message, byte: offset + position) }
}

/// One JSON value (RFC 8259) from bytes: strict grammar, bounded nesting, no recursion deeper than the bound.
/// Lone surrogates and ill-formed UTF-8 in strings become U+FFFD; numbers that overflow become infinite, which
/// callers treat as unusable.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the file; a name that stands twice keeps its last value.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package var value: JSONValue
  }

  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }
}

package struct JSONParser {
  package struct Problem: Error, Equatable {
    package let byte: Int
    package let message: String
  }
  package static let nestingLimit = 512

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let end: Int

  /// Parses the one value in `range`.
  package static func parse(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) throws(Problem)
    -> JSONValue
  {
    var parser = JSONParser(bytes: bytes, position: range.lowerBound, end: range.upperBound)
    let value = try parser.value(depth: 0)
    parser.skipSpaces()
    guard parser.position == parser.end else { throw parser.problem("something follows the value") }
    return value
  }

  private mutating func value(depth: Int) throws(Problem) -> JSONValue {
    guard depth < Self.nestingLimit else { throw problem("nested deeper than \(Self.nestingLimit)") }
    skipSpaces()
    guard position < end else { throw problem("a value is expected") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return .number(try number())
    }
  }

  private mutating func object(depth: Int) throws(Problem) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    skipSpaces()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpaces()
      guard position < end, bytes[position] == UInt8(ascii: "\"") else { throw problem("a name is expected") }
      let name = try string()
      skipSpaces()
      guard take(UInt8(ascii: ":")) else { throw problem("':' is expected") }
      members.append(.init(name: name, value: try value(depth: depth + 1)))
      skipSpaces()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw problem("',' or '}' is expected") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(Problem) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipSpaces()
    if take(UInt8(ascii: "]")) { return .array(values) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpaces()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw problem("',' or ']' is expected") }
    return .array(values)
  }

  private mutating func string() throws(Problem) -> String {
    let opened = position
    position += 1
    var content: [UInt8] = []
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content.append(contentsOf: try escape())
      case 0..<0x20: throw problem("a control character stands in a string")
      default:
        content.append(byte)
        position += 1
      }
    }
    throw Problem(byte: opened, message: "a string does not end")
  }

  private mutating func escape() throws(Problem) -> [UInt8] {
    guard end - position >= 2 else { throw problem("an escape does not end") }
    let code = bytes[position + 1]
    position += 2
    switch code {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [code]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      let first = try hex4()
      if (0xD800..<0xDC00).contains(first), end - position >= 6, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        let kept = position
        position += 2
        let second = try hex4()
        if (0xDC00..<0xE000).contains(second) {
          return utf8(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        }
        position = kept
      }
      return utf8(first)
    default: throw problem("'\\' begins no known escape")
    }
  }

  /// A lone surrogate is no scalar and becomes U+FFFD.
  private func utf8(_ value: UInt32) -> [UInt8] {
    Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }

  private mutating func hex4() throws(Problem) -> UInt32 {
    guard end - position >= 4 else { throw problem("\\u needs four digits") }
    var value: UInt32 = 0
    for index in position..<position + 4 {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
        throw problem("\\u needs four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }

  private mutating func number() throws(Problem) -> Double {
    let start = position
    let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
    _ = take(UInt8(ascii: "-"))
    let whole = position
    while position < end, isDigit(bytes[position]) { position += 1 }
    guard position > whole, position == whole + 1 || bytes[whole] != 48 else {
      throw problem("a value is expected")
    }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw problem("not a number")
    }
    return value
  }

  private mutating func digits() throws(Problem) {
    let start = position
    while position < end, (48...57).contains(bytes[position]) { position += 1 }
    if position == start { throw problem("a digit is expected") }
  }

  private mutating func word(_ word: StaticString) throws(Problem) {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end - position >= wanted.count, bytes[position..<position + wanted.count].elementsEqual(wanted)
    else {
      throw problem("a value is expected")
    }
    position += wanted.count
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpaces() {
    while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private func problem(_ message: String) -> Problem { Problem(byte: position, message: message) }
}

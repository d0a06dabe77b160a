/// Walks JSON (RFC 8259) in place: strict grammar, bounded nesting, nothing built but what is asked for, so that a value
/// of any size costs no memory.
package struct JSONCursor {
  package struct Problem: Error, Equatable {
    package let byte: Int
    package let message: String
  }
  package enum Kind: Sendable { case null, bool, number, string, array, object }
  /// The bytes between the quotes of a string.
  struct Text {
    let range: Range<Int>
    let hasEscapes: Bool
  }
  package static let nestingLimit = 512

  let bytes: UnsafeRawBufferPointer
  var position: Int
  let end: Int
  /// NaN, Infinity and -Infinity stand for numbers, as Python and JavaScript libraries write them.
  let allowsNonFinite: Bool

  package init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, allowsNonFinite: Bool = false) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    self.allowsNonFinite = allowsNonFinite
  }

  var next: UInt8? { position < end ? bytes[position] : nil }

  /// Goes over one value, checking all of it.
  @discardableResult
  package mutating func skipValue(depth: Int = 0) throws(Problem) -> Kind {
    guard depth < Self.nestingLimit else { throw problem("nested deeper than \(Self.nestingLimit)") }
    skipSpaces()
    guard position < end else { throw problem("a value is expected") }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      try members { cursor, _ throws(Problem) in try cursor.skipValue(depth: depth + 1) }
      return .object
    case UInt8(ascii: "["):
      try elements { cursor throws(Problem) in try cursor.skipValue(depth: depth + 1) }
      return .array
    case UInt8(ascii: "\""):
      _ = try string()
      return .string
    case UInt8(ascii: "t"):
      try word("true")
      return .bool
    case UInt8(ascii: "f"):
      try word("false")
      return .bool
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default:
      try number()
      return .number
    }
  }

  /// Walks an object that begins here; `body` takes the value of each member.
  mutating func members(
    _ body: (inout JSONCursor, _ name: Text) throws(Problem) -> Void
  ) throws(Problem) {
    position += 1
    skipSpaces()
    if take(UInt8(ascii: "}")) { return }
    var comma = position
    repeat {
      skipSpaces()
      guard next == UInt8(ascii: "\"") else {
        if next == UInt8(ascii: "}"), comma < position {
          throw Problem(byte: comma, message: "a comma stands before '}', where a name is expected")
        }
        throw problem("a name is expected")
      }
      let name = try string()
      skipSpaces()
      guard take(UInt8(ascii: ":")) else { throw problem("':' is expected") }
      try body(&self, name)
      skipSpaces()
      comma = position
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw problem("',' or '}' is expected") }
  }

  /// Walks an array that begins here; `body` takes each element.
  mutating func elements(_ body: (inout JSONCursor) throws(Problem) -> Void) throws(Problem) {
    position += 1
    skipSpaces()
    if take(UInt8(ascii: "]")) { return }
    repeat {
      try body(&self)
      skipSpaces()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw problem("',' or ']' is expected") }
  }

  /// Goes over the string that begins here.
  mutating func string() throws(Problem) -> Text {
    let opened = position
    position += 1
    let start = position
    var hasEscapes = false
    while true {
      position = Self.endOfPlain(in: bytes, from: position, to: end)
      guard position < end else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return Text(range: start..<position - 1, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
      } else {
        throw problem("a control character stands in a string")
      }
    }
    throw Problem(byte: opened, message: "a string does not end")
  }

  /// Where a quote, a backslash or a control character stands; `end` where none does.
  @inline(__always)
  private static func endOfPlain(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    let quote = ByteStops.every(UInt8(ascii: "\""))
    let backslash = ByteStops.every(UInt8(ascii: "\\"))
    var position = start
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let found =
        ByteStops.zeros(word ^ quote) | ByteStops.zeros(word ^ backslash) | ByteStops.below(0x20, word)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
      bytes[position] >= 0x20
    {
      position += 1
    }
    return position
  }

  private mutating func skipEscape() throws(Problem) {
    guard end - position >= 2 else { throw problem("an escape does not end") }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard end - position >= 6 else { throw problem("\\u needs four digits") }
      for index in position + 2..<position + 6 where JSONText.digit(bytes[index]) == nil {
        throw problem("\\u needs four hexadecimal digits")
      }
      position += 6
    default: throw problem("'\\' begins no known escape")
    }
  }

  private mutating func number() throws(Problem) {
    let isNegative = take(UInt8(ascii: "-"))
    if allowsNonFinite, let next, next == UInt8(ascii: "I") { return try word("Infinity") }
    if allowsNonFinite, !isNegative, let next, next == UInt8(ascii: "N") { return try word("NaN") }
    let whole = position
    skipDigits()
    guard position > whole, position == whole + 1 || bytes[whole] != 48 else {
      throw problem("a value is expected")
    }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
  }

  private mutating func skipDigits() {
    while position < end, (48...57).contains(bytes[position]) { position += 1 }
  }

  private mutating func digits() throws(Problem) {
    let start = position
    skipDigits()
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

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func skipSpaces() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  func problem(_ message: String) -> Problem { Problem(byte: position, message: message) }
}

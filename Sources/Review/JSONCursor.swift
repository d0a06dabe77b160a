import Glibc
import Model

/// Walks JSON (RFC 8259) whose shape is known, without building values of it: a journal may hold millions of samples.
/// Strict grammar; strings must be UTF-8; nesting is bounded.
struct JSONCursor {
  private static let nestingLimit = 64
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private static let malformed = JournalProblem.Reason("is no decision")

  /// Takes an object; `member` takes the value of each name.
  mutating func object(_ member: (inout JSONCursor, JSONName) throws -> Void) throws {
    try open(UInt8(ascii: "{"))
    if try take(UInt8(ascii: "}")) { return leave() }
    repeat {
      let name = try self.name()
      guard try take(UInt8(ascii: ":")) else { throw Self.malformed }
      try member(&self, name)
    } while try take(UInt8(ascii: ","))
    guard try take(UInt8(ascii: "}")) else { throw Self.malformed }
    leave()
  }

  /// Takes an array; `element` takes each of its values.
  mutating func array(_ element: (inout JSONCursor) throws -> Void) throws {
    try open(UInt8(ascii: "["))
    if try take(UInt8(ascii: "]")) { return leave() }
    repeat { try element(&self) } while try take(UInt8(ascii: ","))
    guard try take(UInt8(ascii: "]")) else { throw Self.malformed }
    leave()
  }

  /// Nil for null.
  mutating func optional<Value>(_ value: (inout JSONCursor) throws -> Value) throws -> Value? {
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "n") else { return try value(&self) }
    try word("null")
    return nil
  }

  mutating func string() throws -> String {
    let raw = try rawString()
    guard raw.isPlain else { return try unescaped(raw.range) }
    return try text(raw.range, isASCII: raw.isASCII)
  }

  /// A time as `Timestamp` writes it; nil for any other string.
  mutating func time() throws -> Int64? {
    let raw = try rawString()
    return raw.isPlain ? Timestamp.milliseconds(UnsafeRawBufferPointer(rebasing: bytes[raw.range])) : nil
  }

  private mutating func name() throws -> JSONName {
    let raw = try rawString()
    return JSONName(bytes: UnsafeRawBufferPointer(rebasing: bytes[raw.range]))
  }

  mutating func digest() throws -> Digest {
    let raw = try rawString()
    guard raw.isPlain, let digest = Digest(hexDigits: UnsafeRawBufferPointer(rebasing: bytes[raw.range]))
    else {
      throw JournalProblem.Reason("a digest is malformed")
    }
    return digest
  }

  mutating func unsigned() throws -> UInt64 {
    let range = try numberRange()
    var value: UInt64 = 0
    for place in range {
      let digit = bytes[place] &- UInt8(ascii: "0")
      let (shifted, hasOverflown) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge) = shifted.addingReportingOverflow(UInt64(digit))
      guard digit < 10, !hasOverflown, !isTooLarge else { throw Self.malformed }
      value = sum
    }
    return value
  }

  mutating func number() throws -> Double {
    let range = try numberRange()
    if let value = shortDecimal(range) { return value }
    guard let value = Double(try text(range, isASCII: true)), value.isFinite else { throw Self.malformed }
    return value
  }

  /// Digits with or without a fraction, so few that the quotient of two exact numbers is the nearest one (Clinger, "How
  /// to read floating point numbers accurately", PLDI 1990); nil for all else.
  private func shortDecimal(_ range: Range<Int>) -> Double? {
    guard range.count <= 16 else { return nil }
    var digits = 0.0
    var scale = 1.0
    var isFraction = false
    for place in range {
      if bytes[place] == UInt8(ascii: "."), !isFraction, place > range.lowerBound {
        isFraction = true
        continue
      }
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      digits = digits * 10 + Double(digit)
      if isFraction { scale *= 10 }
    }
    return digits < 0x1p53 ? digits / scale : nil
  }

  /// Passes over one value.
  mutating func skip() throws {
    skipSpaces()
    guard position < bytes.count else { throw Self.malformed }
    switch bytes[position] {
    case UInt8(ascii: "{"): try object { json, _ in try json.skip() }
    case UInt8(ascii: "["): try array { json in try json.skip() }
    case UInt8(ascii: "\""): _ = try rawString()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: _ = try numberRange()
    }
  }

  /// Nothing but spaces may follow.
  mutating func end() throws {
    skipSpaces()
    guard position == bytes.count else { throw Self.malformed }
  }

  // MARK: Tokens

  private mutating func open(_ bracket: UInt8) throws {
    depth += 1
    guard depth <= Self.nestingLimit, try take(bracket) else { throw Self.malformed }
  }

  private mutating func leave() { depth -= 1 }

  // Inlined, with what it calls: it is a few instructions, and there are some hundred calls for a line.
  @inline(__always)
  private mutating func take(_ byte: UInt8) throws -> Bool {
    skipSpaces()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  @inline(__always)
  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] <= 0x20 {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func word(_ word: StaticString) throws {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[position..<end].elementsEqual(
        UnsafeRawBufferPointer(start: word.utf8Start, count: end - position))
    else { throw Self.malformed }
    position = end
  }

  private mutating func numberRange() throws -> Range<Int> {
    skipSpaces()
    let start = position
    let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
    scan: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "E"), UInt8(ascii: "e"):
        position += 1
      default: break scan
      }
    }
    // Swift reads "+1", ".5", "1." and "01" too, which JSON does not know.
    let first = start + (isNegative ? 1 : 0)
    if first + 1 < position, bytes[first] == UInt8(ascii: "0"), bytes[first + 1] &- UInt8(ascii: "0") < 10 {
      throw Self.malformed
    }
    guard position > start, bytes[start] != UInt8(ascii: "+"), bytes[start] != UInt8(ascii: "."),
      bytes[position - 1] != UInt8(ascii: ".")
    else { throw Self.malformed }
    return start..<position
  }

  /// The bytes between the quotes, whether they stand for themselves, and whether all are ASCII.
  private mutating func rawString() throws -> (range: Range<Int>, isPlain: Bool, isASCII: Bool) {
    guard try take(UInt8(ascii: "\"")) else { throw Self.malformed }
    let start = position
    var isPlain = true
    var all: UInt64 = 0
    while position < bytes.count {
      // Eight bytes at once: nearly all of a journal is in strings.
      if position + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let free = Self.ordinaryBytes(word)
        all |= free == 8 ? word : word & (1 << UInt64(8 * free) - 1)
        position += free
        if free == 8 { continue }
      }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return (start..<position - 1, isPlain, all & Self.every(0x80) == 0)
      case UInt8(ascii: "\\"):
        isPlain = false
        position += 2
      case 0..<0x20: throw Self.malformed
      default:
        all |= UInt64(byte)
        position += 1
      }
    }
    throw Self.malformed
  }

  private static func every(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 * UInt64(byte) }

  /// How many bytes of the word, from the lowest on, are no quote, no backslash and no control character.
  private static func ordinaryBytes(_ word: UInt64) -> Int {
    // The high bit of a byte of (x - n) & ~x tells that the byte is below n; above the first such byte it may lie.
    func below(_ limit: UInt8, _ word: UInt64) -> UInt64 { (word &- every(limit)) & ~word }
    let special =
      below(0x20, word) | below(1, word ^ every(UInt8(ascii: "\"")))
      | below(1, word ^ every(UInt8(ascii: "\\")))
    return (special & every(0x80)).trailingZeroBitCount / 8
  }

  private func text(_ range: Range<Int>, isASCII: Bool = false) throws -> String {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
    if isASCII { return String(decoding: bytes, as: UTF8.self) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JournalProblem.Reason("is not UTF-8")
    }
    return text
  }

  private func unescaped(_ range: Range<Int>) throws -> String {
    var result = ""
    var position = range.lowerBound
    while position < range.upperBound {
      guard bytes[position] == UInt8(ascii: "\\") else {
        let end = bytes[position..<range.upperBound].firstIndex(of: UInt8(ascii: "\\")) ?? range.upperBound
        result += try text(position..<end)
        position = end
        continue
      }
      let escape = bytes[position + 1]
      position += 2
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(escape))
      case UInt8(ascii: "b"): result += "\u{8}"
      case UInt8(ascii: "f"): result += "\u{C}"
      case UInt8(ascii: "n"): result += "\n"
      case UInt8(ascii: "r"): result += "\r"
      case UInt8(ascii: "t"): result += "\t"
      case UInt8(ascii: "u"):
        result.unicodeScalars.append(try scalar(at: &position, before: range.upperBound))
      default: throw Self.malformed
      }
    }
    return result
  }

  /// A scalar from four hexadecimal digits, or from the two escapes of a surrogate pair.
  private func scalar(at position: inout Int, before end: Int) throws -> Unicode.Scalar {
    func unit(_ position: Int) throws -> UInt32 {
      guard position + 4 <= end else { throw Self.malformed }
      var value: UInt32 = 0
      for byte in bytes[position..<position + 4] {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Self.malformed }
        value = value << 4 | UInt32(digit)
      }
      return value
    }
    let high = try unit(position)
    position += 4
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, position + 6 <= end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw Self.malformed }
    let low = try unit(position + 2)
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw Self.malformed }
    position += 6
    return scalar
  }
}

/// The name of a member as it stands in the bytes; a name that is escaped is none of the known ones.
struct JSONName {
  fileprivate let bytes: UnsafeRawBufferPointer

  // Inlined, so that the lengths are constants and the comparison is of a word or two.
  @inline(__always)
  static func ~= (known: StaticString, name: JSONName) -> Bool {
    guard name.bytes.count == known.utf8CodeUnitCount, let start = name.bytes.baseAddress else {
      return false
    }
    return memcmp(start, known.utf8Start, known.utf8CodeUnitCount) == 0
  }
}

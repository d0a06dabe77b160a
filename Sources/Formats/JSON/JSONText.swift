/// The text of JSON strings.
enum JSONText {
  /// Appends the text that stands for it in a string whose grammar was checked; a lone surrogate is no scalar and
  /// becomes U+FFFD. Ill-formed UTF-8 stays as it is.
  static func decode(_ text: JSONCursor.Text, in bytes: UnsafeRawBufferPointer, into target: inout [UInt8]) {
    guard text.hasEscapes else { return target.append(contentsOf: bytes[text.range]) }
    var position = text.range.lowerBound
    let end = text.range.upperBound
    while position < end {
      guard bytes[position] == UInt8(ascii: "\\") else {
        target.append(bytes[position])
        position += 1
        continue
      }
      let code = bytes[position + 1]
      position += 2
      switch code {
      case UInt8(ascii: "b"): target.append(8)
      case UInt8(ascii: "f"): target.append(12)
      case UInt8(ascii: "n"): target.append(10)
      case UInt8(ascii: "r"): target.append(13)
      case UInt8(ascii: "t"): target.append(9)
      case UInt8(ascii: "u"): position = decodeUnits(at: position, in: bytes, end: end, into: &target)
      default: target.append(code)
      }
    }
  }

  /// - Parameter position: behind the `u` of the first unit.
  private static func decodeUnits(
    at position: Int, in bytes: UnsafeRawBufferPointer, end: Int, into target: inout [UInt8]
  ) -> Int {
    let first = unit(at: position, in: bytes)
    var scalar = first
    var next = position + 4
    if (0xD800..<0xDC00).contains(first), end - next >= 6, bytes[next] == UInt8(ascii: "\\"),
      bytes[next + 1] == UInt8(ascii: "u")
    {
      let second = unit(at: next + 2, in: bytes)
      if (0xDC00..<0xE000).contains(second) {
        scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        next += 6
      }
    }
    target.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
    return next
  }

  private static func unit(at position: Int, in bytes: UnsafeRawBufferPointer) -> UInt32 {
    (position..<position + 4).reduce(0) { $0 << 4 | UInt32(digit(bytes[$1]) ?? 0) }
  }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A value that reads back as the cell `text`: a string where one stood, else a number or a boolean where it is one.
  /// - Parameter old: the first byte of the value that stood there; nil where there was none.
  static func value(_ text: String, like old: UInt8?) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard old != UInt8(ascii: "\"") else { return string(text) }
    let kind = bytes.withUnsafeBytes { bytes -> JSONCursor.Kind? in
      var cursor = JSONCursor(bytes, in: 0..<bytes.count)
      let isSpaced = [0x20, 0x09, 0x0A, 0x0D].contains(bytes.first ?? 0x20)
      guard !isSpaced, let kind = try? cursor.skipValue(), cursor.next == nil else { return nil }
      return kind
    }
    return kind == .number || kind == .bool ? bytes : string(text)
  }

  /// `text` as a JSON string.
  static func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text.utf8, to: &bytes)
    return bytes
  }

  /// Appends the text as a JSON string; ill-formed UTF-8 stays as it is.
  static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

/// Text as JSON that is put in the place of other JSON.
enum JSONText {
  /// A value that reads back as the cell `text`: a string where one stood, else a number or a boolean where that reads
  /// back as the same text.
  /// - Parameter old: the first byte of the value that stood there; nil where there was none.
  static func value(_ text: String, like old: UInt8?) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard old != UInt8(ascii: "\"") else { return string(text) }
    let value = bytes.withUnsafeBytes { try? JSONParser.parse($0, in: 0..<$0.count) }
    switch value {
    case .number, .bool: return value?.cell == bytes ? bytes : string(text)
    default: return string(text)
    }
  }

  static func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        bytes += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\"")]
  }
}

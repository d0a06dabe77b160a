extension NestedValue {
  /// Appends the value as JSON (RFC 8259): lists as arrays, structs and maps as objects in their order, dates and times
  /// as ISO 8601, bytes that are not UTF-8 as base64. What JSON has no number for (NaN, infinities) becomes a string.
  package func appendJSON(to target: inout [UInt8]) {
    switch self {
    case .null: target.append(contentsOf: "null".utf8)
    case .bool(let value): target.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): target.append(contentsOf: String(value).utf8)
    case .uint(let value): target.append(contentsOf: String(value).utf8)
    case .float(let value): Self.append(number: value.description, isFinite: value.isFinite, to: &target)
    case .double(let value): Self.append(number: value.description, isFinite: value.isFinite, to: &target)
    case .decimal(let value): target.append(contentsOf: value.text)
    case .list(let values):
      target.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { target.append(UInt8(ascii: ",")) }
        value.appendJSON(to: &target)
      }
      target.append(UInt8(ascii: "]"))
    case .structure(let structure):
      target.append(UInt8(ascii: "{"))
      for (index, value) in structure.values.enumerated() {
        if index > 0 { target.append(UInt8(ascii: ",")) }
        Self.append(string: structure.names[index].utf8, to: &target)
        target.append(UInt8(ascii: ":"))
        value.appendJSON(to: &target)
      }
      target.append(UInt8(ascii: "}"))
    case .map(let entries):
      target.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { target.append(UInt8(ascii: ",")) }
        entry.key.appendKey(to: &target)
        target.append(UInt8(ascii: ":"))
        entry.value.appendJSON(to: &target)
      }
      target.append(UInt8(ascii: "}"))
    default:
      Self.append(string: text, to: &target)
    }
  }

  /// The value as people write it, as a cell of a table holds it: as in JSON, without quotes around what is text.
  package var text: [UInt8] {
    switch self {
    case .string(let value): return Array(value.utf8)
    case .bytes(let bytes):
      return String(validating: bytes, as: UTF8.self) == nil ? Base64.encoded(bytes) : bytes
    case .uuid(let bytes): return UUIDText.encoded(bytes)
    case .date(let days): return Array(CalendarText.date(days: Int64(days)).utf8)
    case .time(let time): return Array(time.description.utf8)
    case .timestamp(let timestamp): return Array(timestamp.description.utf8)
    case .interval(let interval): return Array(interval.description.utf8)
    default:
      var target: [UInt8] = []
      appendJSON(to: &target)
      return target
    }
  }

  private static func append(number: String, isFinite: Bool, to target: inout [UInt8]) {
    if isFinite {
      target.append(contentsOf: number.utf8)
    } else {
      let name = number == "inf" ? "Infinity" : number == "-inf" ? "-Infinity" : "NaN"
      append(string: name.utf8, to: &target)
    }
  }

  /// Names of an object are strings, whatever the keys of the map are.
  private func appendKey(to target: inout [UInt8]) { Self.append(string: text, to: &target) }

  private static func append(string: some Sequence<UInt8>, to target: inout [UInt8]) {
    target.append(UInt8(ascii: "\""))
    for byte in string {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        target.append(UInt8(ascii: "\\"))
        target.append(byte)
      case 0x0A: target.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0x0D: target.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case 0x09: target.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<0x20:
        target.append(contentsOf: "\\u00".utf8)
        target.append(UUIDText.digit(byte >> 4))
        target.append(UUIDText.digit(byte & 15))
      default: target.append(byte)
      }
    }
    target.append(UInt8(ascii: "\""))
  }
}

/// RFC 4122, section 3.
enum UUIDText {
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { result.append(UInt8(ascii: "-")) }
      result.append(digit(byte >> 4))
      result.append(digit(byte & 15))
    }
    return result
  }

  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

/// RFC 4648, section 4.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for place in 0..<3 { bits = bits << 8 | (place < group.count ? Int(group[start + place]) : 0) }
      for place in 0..<4 {
        result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return result
  }
}

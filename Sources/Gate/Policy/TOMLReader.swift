import Formats

/// Reads a documented subset of TOML 1.0 (https://toml.io/en/v1.0.0): comments, `[table]` and `[table.table]`, bare and
/// quoted keys, basic and literal strings on one line, integers, floats, booleans, and arrays of these over any number of
/// lines. No dotted keys, dates, inline tables, arrays of tables or strings of several lines: each is an error that names
/// its line, as a setting that is passed over in silence would weaken a gate.
struct TOMLReader {
  static let maxBytes = 1 << 20

  let file: String
  let bytes: [UInt8]
  var position = 0
  /// From 1.
  var line = 1

  /// - Parameter file: what errors call the document.
  static func entries(_ bytes: [UInt8], file: String) throws(FormatError) -> [TOMLEntry] {
    guard bytes.count <= maxBytes else {
      throw FormatError(file, "is longer than \(maxBytes) bytes: no policy")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw FormatError(file, "is not UTF-8") }
    var reader = TOMLReader(file: file, bytes: bytes)
    return try reader.document()
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private mutating func document() throws(FormatError) -> [TOMLEntry] {
    var table: [String] = []
    var tables: Set<[String]> = []
    var entries: [TOMLEntry] = []
    var seen: Set<[String]> = []
    while true {
      skipBlank(acrossLines: true)
      guard let next = peek else { return entries }
      if next == UInt8(ascii: "[") {
        table = try header()
        guard tables.insert(table).inserted else { throw problem("duplicate table") }
      } else {
        let at = line
        let path = table + [try key()]
        guard seen.insert(path).inserted else { throw problem("duplicate key '\(path.last ?? "")'") }
        skipBlank()
        try expect("=", "'=' is expected after a key")
        skipBlank()
        entries.append(TOMLEntry(path: path, value: try value(), line: at))
      }
      try endOfLine()
    }
  }

  private mutating func header() throws(FormatError) -> [String] {
    position += 1
    guard peek != UInt8(ascii: "[") else { throw problem("arrays of tables are not read") }
    var names: [String] = []
    repeat {
      skipBlank()
      names.append(try key())
      skipBlank()
    } while take(".")
    try expect("]", "']' is expected after the name of a table")
    return names
  }

  private mutating func key() throws(FormatError) -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
    let start = position
    while let next = peek, Self.isBare(next) { position += 1 }
    guard position > start else { throw problem("the name of a key is expected") }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    return name
  }

  private mutating func value() throws(FormatError) -> TOMLValue {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
    case UInt8(ascii: "["): return .array(try array())
    default:
      let start = position
      while let next = peek, Self.isBare(next) || next == UInt8(ascii: ".") || next == UInt8(ascii: "+") {
        position += 1
      }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      guard let value = TOMLScalar.value(word) else {
        throw problem("'\(word)' is not a value; strings need quotes")
      }
      return value
    }
  }

  private mutating func array() throws(FormatError) -> [TOMLValue] {
    position += 1
    var values: [TOMLValue] = []
    while true {
      skipBlank(acrossLines: true)
      if take("]") { return values }
      guard peek != UInt8(ascii: "[") else { throw problem("arrays of arrays are not read") }
      values.append(try value())
      skipBlank(acrossLines: true)
      if take("]") { return values }
      try expect(",", "',' or ']' is expected in an array")
    }
  }

  private mutating func string() throws(FormatError) -> String {
    let quote = bytes[position]
    position += 1
    let start = position
    while let next = peek, next != quote {
      guard next >= 0x20 || next == 0x09, next != 0x7F else {
        throw problem("a string is not closed in its line")
      }
      // An escaped quote does not close it.
      position +=
        next == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") && position + 1 < bytes.count ? 2 : 1
    }
    guard position < bytes.count else { throw problem("a string is not closed") }
    let content = bytes[start..<position]
    position += 1
    guard quote == UInt8(ascii: "\"") else { return String(decoding: content, as: UTF8.self) }
    guard let text = TOMLScalar.unescaped(content) else { throw problem("an escape in a string is unknown") }
    return text
  }
}

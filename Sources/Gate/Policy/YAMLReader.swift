import Formats

/// Reads a documented subset of YAML 1.2 (https://yaml.org/spec/1.2.2): comments, mappings in blocks by indentation with
/// spaces, lists in blocks (`- a`) or on one line (`[a, b]`), and scalars on one line: quoted strings, booleans, decimal
/// numbers, else plain strings. No anchors, aliases, tags, mappings on one line, strings of several lines or further
/// documents: each is an error that names its line, as a setting that is passed over in silence would weaken a gate.
/// It gives the entries that the same policy in TOML has.
struct YAMLReader {
  private static let maxDepth = 4
  private let file: String
  private var lines: [Line] = []
  private var next = 0
  private var entries: [TOMLEntry] = []

  /// A line that says something.
  private struct Line {
    let number: Int
    let indent: Int
    /// Without indentation and comment.
    let text: String
  }

  static func entries(_ bytes: [UInt8], file: String) throws(FormatError) -> [TOMLEntry] {
    guard bytes.count <= TOMLReader.maxBytes else {
      throw FormatError(file, "is longer than \(TOMLReader.maxBytes) bytes: no policy")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw FormatError(file, "is not UTF-8") }
    var reader = try YAMLReader(text, file: file)
    guard let first = reader.lines.first else { return [] }
    try reader.mapping([], indent: first.indent)
    if reader.next < reader.lines.count {
      throw reader.problem(reader.lines[reader.next].number, "is indented otherwise than the lines before")
    }
    return reader.entries
  }

  private init(_ text: String, file: String) throws(FormatError) {
    self.file = file
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in all.enumerated() {
      let content = Self.withoutComment(line)
      let indent = content.prefix { $0 == " " }.count
      let body = content.dropFirst(indent)
      if body.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      guard body.first != "\t" else { throw problem(index + 1, "is indented by a tab") }
      // What marks the beginning of the one document says nothing.
      if body == "---", lines.isEmpty { continue }
      guard !body.hasPrefix("---"), !body.hasPrefix("..."), !body.hasPrefix("%") else {
        throw problem(index + 1, "several documents and directives are not read")
      }
      lines.append(Line(number: index + 1, indent: indent, text: Self.trimmed(body)))
    }
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text.drop { $0 == " " || $0 == "\t" })
  }

  /// A comment begins at a # at the beginning or behind a space, outside of quotes.
  private static func withoutComment(_ line: Substring) -> Substring {
    var quote: Character?
    var before: Character = " "
    // Behind a backslash in double quotes, or behind the first of two single ones.
    var isEscaped = false
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        let isDoubled = open == "'" && character == open && line[index...].dropFirst().first == open
        if character == open, !isEscaped, !isDoubled { quote = nil }
        isEscaped = !isEscaped && (isDoubled || open == "\"" && character == "\\")
      } else if character == "#", before == " " || before == "\t" {
        return line[..<index]
      } else if character == "\"" || character == "'", [" ", "\t", "[", ","].contains(before) {
        quote = character
        isEscaped = false
      }
      before = character
    }
    return line
  }

  func problem(_ line: Int, _ message: String) -> FormatError {
    FormatError(file, at: "line \(line)", message)
  }

  private mutating func mapping(_ path: [String], indent: Int) throws(FormatError) {
    var seen: Set<String> = []
    while next < lines.count, lines[next].indent == indent {
      let line = lines[next]
      let (key, rest) = try key(of: line)
      guard seen.insert(key).inserted else { throw problem(line.number, "duplicate key '\(key)'") }
      guard path.count < Self.maxDepth else {
        throw problem(line.number, "is nested deeper than \(Self.maxDepth)")
      }
      next += 1
      if !rest.isEmpty {
        entries.append(TOMLEntry(path: path + [key], value: try value(rest, line.number), line: line.number))
        continue
      }
      guard next < lines.count, lines[next].indent > indent || isItem(lines[next], at: indent) else {
        throw problem(line.number, "the key '\(key)' has no value")
      }
      if isItem(lines[next], at: lines[next].indent) {
        entries.append(
          TOMLEntry(path: path + [key], value: try list(indent: lines[next].indent), line: line.number))
      } else {
        try mapping(path + [key], indent: lines[next].indent)
      }
    }
    if next < lines.count, lines[next].indent > indent {
      throw problem(lines[next].number, "is indented otherwise than the lines before")
    }
  }

  private func isItem(_ line: Line, at indent: Int) -> Bool {
    line.indent == indent && (line.text == "-" || line.text.hasPrefix("- "))
  }

  private mutating func list(indent: Int) throws(FormatError) -> TOMLValue {
    var values: [TOMLValue] = []
    while next < lines.count, isItem(lines[next], at: indent) {
      let text = Self.trimmed(lines[next].text.dropFirst())
      guard !text.isEmpty else { throw problem(lines[next].number, "an item of a list has no value") }
      values.append(try scalar(text, lines[next].number))
      next += 1
    }
    return .array(values)
  }

  /// The key of a line and what stands behind its colon.
  private func key(of line: Line) throws(FormatError) -> (String, String) {
    var text = line.text[...]
    let key: String
    if let quote = text.first, quote == "\"" || quote == "'" {
      key = try quoted(&text, line.number)
    } else {
      let end = text.indices.first { index in
        text[index] == ":"
          && (text.index(after: index) == text.endIndex || text[text.index(after: index)] == " ")
      }
      key = Self.trimmed(text[..<(end ?? text.endIndex)])
      text = text[(end ?? text.endIndex)...]
      guard !key.isEmpty, key.utf8.allSatisfy({ TOMLReader.isBare($0) || $0 == UInt8(ascii: " ") }) else {
        throw problem(line.number, "the name of a key is expected; others than plain ones stand in quotes")
      }
    }
    guard text.first == ":" else { throw problem(line.number, "':' is expected after a key") }
    return (key, Self.trimmed(text.dropFirst()))
  }
}

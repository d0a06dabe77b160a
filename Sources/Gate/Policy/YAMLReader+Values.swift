import Formats

/// What stands behind a key, or as an element of a list.
extension YAMLReader {
  func value(_ text: String, _ line: Int) throws(FormatError) -> TOMLValue {
    guard text.hasPrefix("[") else { return try scalar(text, line) }
    var rest = text.dropFirst()
    var values: [TOMLValue] = []
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if rest.first == "]" { break }
      values.append(try element(&rest, line))
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if rest.first == "," {
        rest.removeFirst()
      } else if rest.first != "]" {
        throw problem(line, "',' or ']' is expected in a list, which ends in its line")
      }
    }
    guard rest == "]" else { throw problem(line, "unexpected text after the value") }
    return .array(values)
  }

  func element(_ rest: inout Substring, _ line: Int) throws(FormatError) -> TOMLValue {
    if let quote = rest.first, quote == "\"" || quote == "'" { return .string(try quoted(&rest, line)) }
    let end = rest.firstIndex { $0 == "," || $0 == "]" || $0 == "[" } ?? rest.endIndex
    let text = Self.trimmed(rest[..<end])
    rest = rest[end...]
    return try scalar(text, line)
  }

  func scalar(_ text: String, _ line: Int) throws(FormatError) -> TOMLValue {
    var rest = text[...]
    if let quote = rest.first, quote == "\"" || quote == "'" {
      let string = try quoted(&rest, line)
      guard rest.isEmpty else { throw problem(line, "unexpected text after the value") }
      return .string(string)
    }
    if let value = TOMLScalar.value(text) { return value }
    guard let first = text.first, !"&*!|>{}[]%@`?-,".contains(first) || text.hasPrefix("-") && text.count > 1,
      !text.hasPrefix("- "), !text.contains(": "), !text.hasSuffix(":")
    else { throw problem(line, "'\(text.prefix(40))' is not a value; strings need quotes") }
    guard !["null", "~", ".inf", "-.inf", ".nan"].contains(text.lowercased()) else {
      throw problem(line, "'\(text)' is not a value that a policy can have")
    }
    return .string(text)
  }

  func quoted(_ rest: inout Substring, _ line: Int) throws(FormatError) -> String {
    let quote = rest.removeFirst()
    var content = ""
    while let character = rest.popFirst() {
      if character == quote {
        if quote == "'", rest.first == "'" {
          content.append(rest.removeFirst())
          continue
        }
        guard quote == "\"" else { return content }
        guard let text = TOMLScalar.unescaped(Array(content.utf8)[...]) else {
          throw problem(line, "an escape in a string is unknown")
        }
        return text
      }
      content.append(character)
      if quote == "\"", character == "\\", let escaped = rest.popFirst() { content.append(escaped) }
    }
    throw problem(line, "a string is not closed in its line")
  }
}

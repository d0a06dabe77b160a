package enum Alignment: Sendable, Equatable {
  case left, right, center
}

extension TextWidth {
  /// The longest beginning of a text that fits; where something is cut off and an ellipsis is given, the
  /// ellipsis stands at the end, within the width.
  package static func truncate(_ text: String, to limit: Int, ellipsis: String = "") -> String {
    if width(text) <= limit { return text }
    let room = max(0, limit - width(ellipsis))
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let columns = width(of: scalar)
      if used + columns > room { break }
      result.append(scalar)
      used += columns
    }
    return limit >= width(ellipsis) ? String(result) + ellipsis : String(result)
  }

  /// A text brought to a width exactly: cut (with the ellipsis) or padded by spaces.
  package static func fit(
    _ text: String, to columns: Int, alignment: Alignment = .left, ellipsis: String = ""
  ) -> String {
    let cut = truncate(text, to: columns, ellipsis: ellipsis)
    let missing = max(0, columns - width(cut))
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    return spaces(before) + cut + spaces(missing - before)
  }

  /// Lines of at most `columns`, broken at spaces where there are any and within a word where a word alone is
  /// wider. Line feeds in the text begin a new line. An empty text is one empty line.
  package static func wrap(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      wrapParagraph(paragraph, to: columns, into: &lines)
    }
    return lines
  }

  private static func wrapParagraph(_ text: Substring, to columns: Int, into lines: inout [String]) {
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let wordWidth = width(word)
      let gap = line.isEmpty ? 0 : 1
      if used + gap + wordWidth <= columns {
        line += (gap == 1 ? " " : "") + word
        used += gap + wordWidth
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      used = 0
      for scalar in word.unicodeScalars {
        let scalarWidth = width(of: scalar)
        if used + scalarWidth > columns, used > 0 {
          lines.append(line)
          line = ""
          used = 0
        }
        line.unicodeScalars.append(scalar)
        used += scalarWidth
      }
    }
    lines.append(line)
  }

  package static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

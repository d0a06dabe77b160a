import Screen

/// The lines of the help screen, from `CommandTable`.
package enum HelpText {
  /// Columns of the keys, and of the names at the prompt, which stand last and give way first: keys and what they do are what
  /// help is for.
  static let keyWidth = 17
  static func nameWidth(of body: Int) -> Int { body >= 110 ? 36 : 0 }
  /// Columns of what a command does, on a screen of so many.
  package static func helpWidth(of body: Int) -> Int { body - 6 - keyWidth - nameWidth(of: body) }

  package enum Line: Sendable, Equatable {
    case heading(String)
    case command(keys: String, name: String, help: String)
    case text(String)
    case blank

    /// What can be found in it.
    var words: String {
      switch self {
      case .heading(let text), .text(let text): text
      case .command(let keys, let name, let help): "\(keys) \(name) \(help)"
      case .blank: ""
      }
    }

    /// Each line of it fits a screen of so many columns.
    fileprivate func wrapped(to body: Int) -> [Line] {
      switch self {
      case .heading, .blank: return [self]
      case .text(let text): return TextWidth.wrap(text, to: max(1, body - 6)).map { .text($0) }
      case .command(let keys, let name, let help):
        let parts = TextWidth.wrap(help, to: max(1, HelpText.helpWidth(of: body)))
        return parts.enumerated().map { place, part in
          place == 0
            ? .command(keys: keys, name: name, help: part) : .command(keys: "", name: "", help: part)
        }
      }
    }
  }

  /// What the keys do on the screen from which help was asked for, then the language of filters.
  /// - Parameter width: columns of the screen, where lines are to fit it.
  package static func lines(
    for context: Context, in material: CaseMaterial, keymap: Keymap = .standard, width: Int? = nil
  ) -> [Line] {
    var lines: [Line] = [.heading("Keys of the \(context.title) screen"), .blank]
    for group in CommandRow.Group.allCases {
      let rows = CommandTable.rows.filter { $0.group == group && $0.contexts.contains(context) }
      guard !rows.isEmpty else { continue }
      lines.append(.heading(group.rawValue))
      for row in rows {
        let keys = keymap.keys(of: row.command, in: context).map { KeyNames.text($0) }.joined(separator: " ")
        lines.append(.command(keys: keys, name: row.usage, help: row.help(in: material)))
      }
      lines.append(.blank)
    }
    lines += filterHelp(material.detectors.last?.info.name ?? "margin")
    return width.map { width in lines.flatMap { $0.wrapped(to: width) } } ?? lines
  }

  private static func filterHelp(_ detector: String) -> [Line] {
    [
      .heading("Conditions (& in the queue and on plots)"),
      .text("suspicion >= 0.9 and label = cat      numbers: = != < > <= >=    names: = != ~"),
      .text("not (source = web or verdict != none) and, or, not, parentheses"),
      .text("text ~ \"free money\"                   a part of the text or of a cell, upper or lower case"),
      .text("incident = I1 or cluster = c7         members of an incident (finding = T1), of a cluster"),
      .text("rank <= 100                           the hundred most suspicious"),
      .text("tag = crop or tag = none              samples with a tag, without any"),
      .text("by.bob = clean and settled = none     where reviewers differ: one's verdict, still open"),
      .text("time >= 2024-07 and time < 2024-09    a year, month, day, hour, minute or second"),
      .text("\(detector) > 0.99, \(detector).raw > 3".padded(38) + "a detector's percentile, its raw score"),
      .blank,
      .heading("Letters of the lists"),
      .text("P poisoned   C clean   R relabel   U unsure   . no verdict   * selected"),
    ]
  }
}

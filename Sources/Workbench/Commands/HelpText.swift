/// The lines of the help screen, from `CommandTable`.
package enum HelpText {
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
  }

  /// What the keys do on the screen from which help was asked for, then the language of filters.
  package static func lines(
    for context: Context, in material: CaseMaterial, keymap: Keymap = .standard
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
    return lines + filterHelp(material.detectors.last?.info.name ?? "margin")
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

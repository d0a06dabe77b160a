import Model

/// Decisions as lines for people.
package enum JournalLog {
  /// Number, time, reviewer, verdict word and sample; of many samples the first three and how many more there are.
  package static func line(for decision: Decision) -> String {
    let what =
      switch decision.act {
      case .verdict(.relabel(let label)): "relabel to \(label)"
      case .verdict(let verdict): verdict.word
      case .tag(let word, let isSet): "\(isSet ? "tag" : "untag") \(word)"
      case .undo(let sequence): "undo of \(sequence)"
      case .repair(let removed): "repair: \(counted(removed.bytes, "byte")) moved to \(removed.file)"
      }
    var parts = ["\(decision.sequence)", Timestamp.text(decision.at), decision.reviewer, what]
    parts += decision.samples.prefix(3).map(\.id)
    if decision.samples.count > 3 { parts.append("and \(decision.samples.count - 3) more") }
    if let settled = decision.settles {
      parts.append("settles \(settled.map(\.text).joined(separator: ", "))")
    }
    if let by = decision.by { parts.append("by \(by)") }
    if let note = decision.note { parts.append("note: \(note)") }
    return displayText(parts.joined(separator: "  "))
  }
}

extension Decision.Settled {
  /// "bob clean", "eve relabel to cat".
  package var text: String { "\(reviewer) \(verdict.word)" + (verdict.newLabel.map { " to \($0)" } ?? "") }
}

import Model
import Review
import Screen

/// What the reviewers of several journals say.
extension Frame {
  /// How far they agree, above the samples on which they differ.
  mutating func paintAgreement(in rect: Rect) {
    let lines = state.agreementLines.map { Line($0) }
    let settled = state.beside.comparison.map { comparison in
      comparison.disputed.count { state.marks.peers.settled(Int($0)) != nil }
    }
    let disputed = state.beside.comparison?.disputed.count ?? 0
    let note = settled.map { "\(grouped(disputed - $0)) open, \(grouped($0)) settled" } ?? ""
    draw(lines, in: panel("agreement (95 %)", note: note, rect))
  }

  /// A verdict as the table of disputes has it.
  func opinionCell(_ verdict: Verdict?) -> TableCell {
    guard let verdict else { return TableCell(dot, style: theme[.dim]) }
    let text = verdict.newLabel.map { "\(arrow) \(displayText($0))" } ?? verdict.word
    return TableCell(text, style: theme.style(VerdictMark(verdict)))
  }

  /// "verdicts ada POISONED, bob CLEAN: disputed", where more than one reviewer has judged.
  func opinionLines(_ row: Int, width: Int) -> [Line] {
    let opinions = state.opinions(on: row)
    guard opinions.count > 1 else { return [] }
    let all = opinions.map { "\(displayText($0.reviewer)) \(capitals($0.verdict))" }.joined(separator: ", ")
    let end =
      opinions.isDisputed
      ? "disputed" : opinions.adjudications.isEmpty || !opinions.wereDisputed ? "agreed" : "settled"
    return wrapped(
      "verdicts \(all): \(end)", width, opinions.isDisputed ? theme[.warning] : .plain, indent: 9)
  }

  /// Each reviewer's verdict with its time, what it settles and its note.
  func opinionRecord(_ row: Int, width: Int) -> [Line] {
    let opinions = state.opinions(on: row)
    guard opinions.count > 1 else { return [] }
    var lines = [Line(), Line("verdicts", theme[.title])]
    for opinion in opinions {
      let moment = CalendarTime(milliseconds: opinion.at)
      lines.append(
        Line([
          (cell(opinion.reviewer, 13) + " ", theme[.dim]),
          (capitals(opinion.verdict), theme.style(VerdictMark(opinion.verdict))),
          ("  \(moment.date) \(moment.clock)", theme[.dim]),
        ]))
      if let settles = opinion.settles {
        lines += indented("settles " + settles.map(\.text).joined(separator: ", "), width, .plain)
      }
      if let note = opinion.note { lines += indented(note, width, theme[.dim]) }
    }
    return lines
  }

  /// Beneath what stands behind the name of a fact.
  private func indented(_ text: String, _ width: Int, _ style: Style) -> [Line] {
    wrapped(displayText(text), max(1, width - 14), style).map { Line(String(repeating: " ", count: 14)) + $0 }
  }
}

import Model
import Review
import Screen

extension Frame {
  mutating func paintLog() {
    let body = layout.body
    let decisions = state.review.decisions
    guard !decisions.isEmpty else {
      let inner = panel("log of decisions", body)
      return draw(
        [
          Line(), Line("No decision yet."),
          Line("Q opens the queue, Enter a sample; p c r s decide.", theme[.dim]),
        ],
        in: inner)
    }
    let list = state.views.log
    let timeWidth = showsDates ? 19 : 10
    let rows = (list.top..<min(decisions.count, list.top + body.height - 1)).map { offset -> Table.Row in
      logRow(decisions[decisions.count - 1 - offset])
    }
    Table(
      columns: [
        Screen.TableColumn("no.", width: 6, alignment: .right),
        Screen.TableColumn("time (UTC)", width: timeWidth, priority: 1),
        Screen.TableColumn("verdict", width: 10, maximum: 26),
        Screen.TableColumn("samples", width: 9, alignment: .right),
        Screen.TableColumn("which", width: 12, maximum: 60),
        Screen.TableColumn("state", width: 6),
        Screen.TableColumn("reviewer", width: 8, maximum: 16, priority: 2),
        Screen.TableColumn("shown as", width: 16, priority: 3),
      ], rows: rows, cursor: list.cursor - list.top, headerStyle: theme[.header]
    ).draw(into: &grid, body, capabilities: capabilities)
  }

  /// A wide screen has room for the date; a narrow one shows the time of the day.
  private var showsDates: Bool { layout.size.panes > 1 }

  private func logRow(_ decision: Decision) -> Table.Row {
    let moment = CalendarTime(milliseconds: decision.at)
    let isUndone = state.review.undone.contains(decision.sequence)
    // Blind, what others decided and what the scan said of a sample are not seen.
    let isHidden = state.session.isBlind && decision.reviewer != state.session.reviewer
    var verdict = TableCell("")
    switch decision.act {
    case .verdict where isHidden: verdict = TableCell("hidden", style: theme[.dim])
    case .verdict(let given):
      let sign = decision.settles == nil ? "" : " (settles)"
      verdict = TableCell(
        given.word + (given.newLabel.map { " \(displayText($0))" } ?? "") + sign,
        style: isUndone ? theme[.dim] : theme.style(VerdictMark(given)))
    case .tag(let word, let isSet):
      verdict = TableCell(
        "\(isSet ? "tag" : "untag") \(displayText(word))", style: isUndone ? theme[.dim] : theme[.key])
    case .undo(let sequence): verdict = TableCell("undo of \(sequence)", style: theme[.dim])
    case .repair: verdict = TableCell("repair", style: theme[.dim])
    }
    let which = (isHidden ? nil : decision.by) ?? decision.samples.first.map { "#" + $0.id } ?? ""
    let shown =
      state.session.isBlind
      ? "" : decision.shown.map { "\(fixed(Double($0.suspicion), 3)) rank \(grouped($0.rank))" } ?? ""
    let time = showsDates ? moment.date + " " + moment.clock : moment.clock
    return Table.Row([
      TableCell(String(decision.sequence)), TableCell(time), verdict,
      TableCell(grouped(decision.samples.count)),
      TableCell(displayText(which)), TableCell(isUndone ? "undone" : "", style: theme[.dim]),
      TableCell(displayText(decision.reviewer)), TableCell(shown, style: theme[.dim]),
    ])
  }
}

import Model
import Screen

extension Frame {
  /// What there is to do in a blind review, and nothing of what the scan found.
  mutating func paintBlindDashboard() {
    let body = layout.body
    let rect = Rect(row: body.row, column: 1, height: body.height, width: body.width - 2)
    let total = material.count
    let done = Bar.progress(
      Double(state.marks.decided) / Double(max(1, total)), width: max(10, min(40, rect.width - 64)))
    draw(
      [
        Line([("REVIEW     ", theme[.title]), (done + " ", .plain)]) + counts()
          + Line("\(grouped(state.marks.decided)) of \(grouped(total)) decided"),
        Line([
          ("BLIND      ", theme[.title]),
          ("scores, findings, suggestions and the verdicts of others are hidden", theme[.warning]),
        ]),
        Line("           until you have decided about a sample; :blind off shows them", theme[.dim]),
      ], in: Rect(row: rect.row, column: rect.column, height: 3, width: rect.width))
    let steps = state.dashboardCount(.next) + 1
    paintList(.next, in: Rect(row: rect.row + 4, column: rect.column, height: steps, width: rect.width))
    let rest = Rect(
      row: rect.row + 5 + steps, column: rect.column, height: max(0, rect.height - 5 - steps),
      width: rect.width)
    draw(
      wrapped(
        "The order is by a hash of the id and the same for every reviewer, so that two who each judge some "
          + "hundred samples judge the same ones. A shows where you differ from others on samples that you have "
          + "judged, and how far you agree.", rest.width, theme[.dim]), in: rest)
  }
}

import Model
import Screen

/// What all plots are drawn with: axes, and panels that say of which samples a plot is.
extension Frame {
  /// An axis beneath a plot: a line with its ticks in one row, their numbers in the next. Of ticks that stand too near
  /// to each other the later ones are left out.
  mutating func paintAxis(_ ticks: [(column: Int, text: String)], beneath plot: Rect) {
    let row = plot.row + plot.height
    grid.horizontalLine(
      row: row, column: plot.column, width: plot.width, style: theme[.border], capabilities: capabilities)
    let room = Rect(row: row + 1, column: plot.column, height: 1, width: plot.width)
    var used = 0
    for tick in ticks where (0..<plot.width).contains(tick.column) {
      let width = TextWidth.width(tick.text)
      let start = (tick.column - width / 2).clamped(to: 0...max(0, plot.width - width))
      guard start >= used, width <= plot.width else { continue }
      used = start + width + 1
      grid.put(
        capabilities.unicode ? "┬" : "+", columns: 1, row: row, column: plot.column + tick.column,
        style: theme[.border])
      grid.draw(tick.text, at: (0, start), style: theme[.dim], clippedTo: room)
    }
  }

  /// Numbers along an axis beneath a plot.
  func ticks(_ low: Double, _ high: Double, width: Int) -> [(column: Int, text: String)] {
    Ticks.linear(low, high, maxCount: max(2, width / 9)).map { value in
      (
        Int(((value - low) / (high - low) * Double(width)).clamped(to: 0...Double(max(0, width - 1)))),
        Ticks.text(value)
      )
    }
  }

  /// Numbers at the left of a plot, in the columns before its axis.
  /// - Parameter ticks: rows from the foot of the plot, from 0.
  mutating func paintUpright(_ ticks: [(row: Int, text: String)], leftOf plot: Rect, width: Int) {
    for tick in ticks where (0..<plot.height).contains(tick.row) {
      let text = TextWidth.fit(tick.text, to: width - 1, alignment: .right)
      grid.draw(
        text, row: plot.row + plot.height - 1 - tick.row, column: plot.column - width, style: theme[.dim],
        maxWidth: width - 1)
    }
  }

  /// A panel of a plot; where that is of some of the samples only, its title says of which.
  mutating func scopedPanel(_ title: String, note: String, _ rect: Rect) -> Rect {
    guard let description = state.scope.description else { return panel(title, note: note, rect) }
    let inner = panel(title, rect)
    let start = TextWidth.width(title) + 2
    let text = TextWidth.truncate(
      " only " + displayText(description), to: max(0, rect.width - start), ellipsis: capabilities.ellipsis)
    grid.draw(
      text, row: rect.row, column: rect.column + rect.width - TextWidth.width(text), style: theme[.warning])
    return inner
  }
}

/// One line of short pieces between bars, some at the left and some at the right. On a narrow screen pieces give
/// way by priority, so that what never changes its place never moves.
package struct StatusLine: Sendable {
  package struct Piece: Sendable, Equatable {
    package var text: String
    /// Nil for the style of the line.
    package var style: Style?
    /// 0 never gives way; the highest first.
    package var priority: Int
    package init(_ text: String, style: Style? = nil, priority: Int = 0) {
      self.text = text
      self.style = style
      self.priority = priority
    }
  }
  package var left: [Piece]
  package var right: [Piece]
  package var style: Style
  package var separator: String

  package init(
    left: [Piece], right: [Piece] = [], style: Style = Style(reverse: true), separator: String = " | "
  ) {
    self.left = left
    self.right = right
    self.style = style
    self.separator = separator
  }

  package func draw(
    into grid: inout Grid, row: Int, column: Int = 0, width: Int? = nil, capabilities: Capabilities
  ) {
    let width = width ?? grid.width - column
    grid.fill(Rect(row: row, column: column, height: 1, width: width), GridCell(" ", style))
    var shownLeft = left.filter { !$0.text.isEmpty }
    var shownRight = right.filter { !$0.text.isEmpty }
    while needed(shownLeft) + needed(shownRight) + (shownRight.isEmpty ? 1 : 2) > width {
      let worst = (shownLeft + shownRight).map(\.priority).max() ?? 0
      guard worst > 0 else { break }
      if let at = shownRight.lastIndex(where: { $0.priority == worst }) {
        shownRight.remove(at: at)
      } else if let at = shownLeft.lastIndex(where: { $0.priority == worst }) {
        shownLeft.remove(at: at)
      }
    }
    let end = column + width
    var at = draw(shownLeft, into: &grid, row: row, column: column + 1, end: end, capabilities)
    guard !shownRight.isEmpty else { return }
    at = max(at + 1, end - needed(shownRight) - 1)
    _ = draw(shownRight, into: &grid, row: row, column: at, end: end, capabilities)
  }

  private func needed(_ pieces: [Piece]) -> Int {
    pieces.reduce(0) { $0 + TextWidth.width($1.text) } + max(0, pieces.count - 1) * TextWidth.width(separator)
  }

  private func draw(
    _ pieces: [Piece], into grid: inout Grid, row: Int, column: Int, end: Int, _ capabilities: Capabilities
  ) -> Int {
    var at = column
    for (index, piece) in pieces.enumerated() where at < end {
      if index > 0 { at += grid.draw(separator, row: row, column: at, style: style, maxWidth: end - at) }
      at += grid.draw(
        piece.text, row: row, column: at, style: piece.style ?? style, maxWidth: end - at,
        ellipsis: capabilities.ellipsis)
    }
    return at
  }
}

import Screen

/// A row of cells that looks the same and changes its style less often: each change costs ten to thirty bytes.
///
/// The color of the letters of a blank is not seen, so that it takes the style at hand; a cell of two colors, one above the
/// other, can be drawn with either as the ground; a cell of one color is a blank on that color, or a full block in the
/// style at hand where that costs less.
package struct FrugalRow {
  package struct Piece: Sendable, Equatable {
    package var cell: GridCell
    /// A blank as an erased screen has it.
    package var isErased = false
  }
  private let cells: [GridCell]
  /// Any color can be that of the ground.
  private let isColorful: Bool

  /// Longer runs of blanks without a color of their own are left to ncurses, which erases them or moves past.
  private static let longestInherited = 8
  /// So many full blocks cost less than another style.
  private static let longestDrawn = 5

  /// - Parameter cells: an empty text stands for the right half of a wide character.
  package init(_ cells: [GridCell], isColorful: Bool) {
    self.cells = cells
    self.isColorful = isColorful
  }

  package var pieces: [Piece] {
    let cells = cells.map(whole)
    var pieces: [Piece] = []
    pieces.reserveCapacity(cells.count)
    var hand: Style?
    while pieces.count < cells.count {
      let cell = cells[pieces.count]
      guard Self.isBlank(cell) else {
        let piece = turned(cell, hand)
        if !cell.text.isEmpty { hand = piece.style }
        pieces.append(Piece(cell: piece))
        continue
      }
      let end = cells[pieces.count...].firstIndex { $0 != cell } ?? cells.count
      let next = end < cells.count && !Self.isBlank(cells[end]) ? cells[end].style : nil
      let run = blank(cell.style.background, count: end - pieces.count, hand, next)
      pieces += repeatElement(run, count: end - pieces.count)
      if !run.isErased { hand = run.cell.style }
    }
    return pieces
  }

  /// What is seen of it is its ground.
  private static func isBlank(_ cell: GridCell) -> Bool {
    cell.text == " " && !cell.style.reverse && !cell.style.underline
  }

  /// A blank on the color of a block that fills its cell with it, which takes a byte instead of three. Blanks forget what is
  /// not seen of them, so that a run of them is one.
  private func whole(_ cell: GridCell) -> GridCell {
    var style = cell.style
    switch cell.text {
    case " " where Self.isBlank(cell): break
    case "▀", "▄":
      guard style.foreground == style.background, style.foreground != .standard, !style.reverse,
        !style.underline
      else { return cell }
    case "█" where !style.reverse && !style.dim && !style.underline:
      guard isColorful, style.foreground != .standard else {
        style.reverse = true
        return GridCell(" ", style)
      }
      style.background = style.foreground
    default: return cell
    }
    return GridCell(" ", Style(background: style.background))
  }

  private func blank(_ ground: Color, count: Int, _ hand: Style?, _ next: Style?) -> Piece {
    if ground == .standard, count > Self.longestInherited {
      return Piece(cell: GridCell(" "), isErased: true)
    }
    if let hand, !hand.reverse, !hand.underline {
      if hand.background == ground { return Piece(cell: GridCell(" ", hand)) }
      let isDrawn = ground != .standard && hand.foreground == ground && !hand.bold && !hand.dim
      if isDrawn, count <= Self.longestDrawn { return Piece(cell: GridCell("█", hand)) }
    }
    if let next, next.background == ground, !next.reverse, !next.underline {
      return Piece(cell: GridCell(" ", next))
    }
    return Piece(cell: GridCell(" ", Style(background: ground)))
  }

  private func turned(_ cell: GridCell, _ hand: Style?) -> GridCell {
    guard let hand, cell.text == "▀" || cell.text == "▄", !cell.style.reverse, !cell.style.underline,
      cell.style.foreground != .standard, cell.style.background != .standard
    else { return cell }
    var style = cell.style
    style.foreground = cell.style.background
    style.background = cell.style.foreground
    return style == hand ? GridCell(cell.text == "▀" ? "▄" : "▀", style) : cell
  }
}

import Screen

/// A row of cells that looks the same and takes fewer bytes: each change of a color costs five to eleven.
///
/// The color of the letters of a blank is not seen, so that it takes the style at hand; a cell of two colors, one above the
/// other, can be drawn with either as the ground; a cell of one color is a blank on that color, or a full block on the
/// ground at hand. Of all rows that look the same the cheapest is looked for, from left to right, with a few of the styles
/// in which a cell can leave the terminal kept at each.
package struct FrugalRow {
  package struct Piece: Sendable, Equatable {
    package var cell: GridCell
    /// A blank as an erased screen has it.
    package var isErased = false
  }
  private let cells: [GridCell]
  private let grays: [GrayCell?]
  /// Any color can be that of the ground.
  private let isColorful: Bool

  /// Longer runs of blanks without a color of their own are left to ncurses, which erases them or moves past.
  private static let longestInherited = 8
  /// More full blocks cost more than another ground.
  private static let longestDrawn = 5

  /// - Parameters:
  ///   - cells: an empty text stands for the right half of a wide character. Colors that the terminal cannot tell apart should
  ///     be one.
  ///   - exact: the same in the colors that were asked for, where the terminal has only some of them.
  package init(_ cells: [GridCell], exact: [GridCell] = [], isColorful: Bool) {
    self.cells = cells
    self.isColorful = isColorful
    grays = cells.indices.map { exact.indices.contains($0) ? GrayCell(exact[$0], cells[$0]) : nil }
  }

  package var pieces: [Piece] {
    let cells = cells.map(whole)
    var paths = StylePaths()
    var column = 0
    while column < cells.count {
      if let gray = grays[column] {
        let end = grays[column...].firstIndex { $0 != gray } ?? cells.count
        paths.extend(by: end - column) { gray.pieces(after: $0) }
        column = end
        continue
      }
      let cell = cells[column]
      guard Self.isBlank(cell) else {
        if let turned = turned(cell) {
          paths.extend(by: 1) { _ in [Piece(cell: cell), Piece(cell: turned)] }
        } else {
          paths.extend(by: cell)
        }
        column += 1
        continue
      }
      let end = cells[column...].firstIndex { $0 != cell } ?? cells.count
      let next = end < cells.count ? cells[end] : nil
      paths.extend(by: end - column) { hand in blanks(cell.style.background, end - column, hand, next) }
      column = end
    }
    return paths.cheapest
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

  /// How a run of blanks on a ground can be written after a style.
  private func blanks(_ ground: Color, _ count: Int, _ hand: Style?, _ next: GridCell?) -> [Piece] {
    if ground == .standard, count > Self.longestInherited {
      return [Piece(cell: GridCell(" "), isErased: true)]
    }
    let isNextBlank = next.map(Self.isBlank) ?? true
    let near = [hand, isNextBlank ? nil : next?.style].compactMap { $0 }.filter {
      !$0.reverse && !$0.underline
    }
    // The style at hand costs nothing, and the next one has to come anyway.
    var grounds = near.filter { $0.background == ground } + [Style(background: ground)]
    guard ground != .standard else { return grounds.map { Piece(cell: GridCell(" ", $0)) } }
    // Two colors that take turns, as bars of two do: one is the ground, the other full blocks.
    let others = [hand?.background, isNextBlank ? next?.style.background : nil].compactMap { $0 }
    for other in others where other != ground && other != .standard && isColorful {
      grounds.append(Style(foreground: other, background: ground))
    }
    // Bars with gaps between them need no ground at all.
    let fronts =
      count > Self.longestDrawn || !isColorful
      ? [] : near.filter { $0.foreground == ground && !$0.bold && !$0.dim } + [Style(foreground: ground)]
    return grounds.map { Piece(cell: GridCell(" ", $0)) } + fronts.map { Piece(cell: GridCell("█", $0)) }
  }

  /// A cell of two colors with the other one as its ground; nil of any other cell.
  private func turned(_ cell: GridCell) -> GridCell? {
    guard cell.text == "▀" || cell.text == "▄", !cell.style.reverse, !cell.style.underline,
      cell.style.foreground != .standard, cell.style.background != .standard
    else { return nil }
    var style = cell.style
    style.foreground = cell.style.background
    style.background = cell.style.foreground
    return GridCell(cell.text == "▀" ? "▄" : "▀", style)
  }
}

import CNcurses
import Screen

/// Cells of a grid as ncurses takes them.
struct CellWriter {
  private let unicode: Bool
  /// Any color can be that of the ground.
  private let isColorful: Bool

  init(unicode: Bool, colors: Capabilities.Colors) {
    self.unicode = unicode
    isColorful = colors == .many || colors == .trueColor
  }

  /// Writes spans of one row to the standard screen. `mvadd_wchnstr` neither moves the cursor nor scrolls, so that the
  /// last cell of the last row is written like any other.
  func write(_ spans: [GridSpan], ofRow row: Int, _ grid: Grid, pairs: inout PairTable) {
    // The whole row, so that a cell is the same whatever changes beside it.
    let exact = (0..<grid.width).map { grid[row, $0] }
    let cells = exact.map { cell in
      var cell = cell
      cell.style = pairs.reduced(cell.style)
      return cell
    }
    let looks = FrugalRow(cells, exact: exact, isColorful: isColorful).pieces
    for span in spans { write(span, looks, pairs: &pairs) }
  }

  private func write(_ span: GridSpan, _ row: [FrugalRow.Piece], pairs: inout PairTable) {
    var cells: [cchar_t] = []
    cells.reserveCapacity(span.columns.count)
    var column = span.columns.lowerBound
    while column < span.columns.upperBound {
      let cell = row[column].cell
      let isWide = column + 1 < row.count && row[column + 1].cell.text.isEmpty
      let look = row[column].isErased ? (0, 0) : pairs.attributes(of: cell.style)
      let text = scalars(cell.text, columns: isWide ? 2 : 1)
      if let text {
        cells.append(make(text, look))
      } else {
        // The terminal's encoding or the C library does not have it: as many question marks as columns.
        for _ in 0..<(isWide ? 2 : 1) { cells.append(make([0x3F], look)) }
      }
      column += isWide ? 2 : 1
    }
    _ = mvadd_wchnstr(Int32(span.row), Int32(span.columns.lowerBound), cells, Int32(cells.count))
  }

  /// The scalars of a cell where ncurses will give them exactly as many columns as the grid does.
  private func scalars(_ text: String, columns: Int32) -> [wchar_t]? {
    if text.utf8.count == 1, let byte = text.utf8.first {
      return columns == 1 && byte >= 0x20 && byte < 0x7F ? [wchar_t(byte)] : nil
    }
    guard unicode, let base = text.unicodeScalars.first, ft_wcwidth(base.value) == columns else { return nil }
    var result: [wchar_t] = []
    for scalar in text.unicodeScalars.prefix(5) {
      // The C library gives no width to direction overrides and zero-width spaces either: marks alone may follow.
      let isMark = TextWidth.width(of: scalar) == 0 && ft_wcwidth(scalar.value) == 0
      if result.isEmpty || isMark { result.append(wchar_t(bitPattern: scalar.value)) }
    }
    return result
  }

  private func make(_ text: [wchar_t], _ look: (attributes: attr_t, pair: Int32)) -> cchar_t {
    var cell = cchar_t()
    _ = ft_setcchar(&cell, text + [0], look.attributes, look.pair)
    return cell
  }
}

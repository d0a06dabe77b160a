/// Points in a plane, already counted into cells, drawn so that shape, density and group can all be seen.
///
/// With Unicode a cell shows which of its 2 by 4 dots hold a point, in the color of its group; where colors are
/// many, dense cells are brighter. Without, a ramp `.:+#@` shows the logarithm of the count, or the sign of the
/// group. A cell with marked points shows `×` (`x`), so that marks need no color; where that would be true of too many
/// cells to tell anything, only one in which they are the majority.
package struct ScatterPlot: Sendable {
  package enum Glyphs: Sendable, Equatable {
    case density
    /// The signs of the groups, `.` for none: which group is where, without colors.
    case signs([String])
  }
  package let height: Int
  package let width: Int
  /// A Braille pattern a cell: bits 0...7 as in Unicode block U+2800.
  package var dots: [UInt8]
  /// Points in each cell.
  package var counts: [Int32]
  /// Marked points in each cell.
  package var marked: [Int32]
  /// Group of each cell, negative for none.
  package var groups: [Int32]
  package var glyphs: Glyphs
  /// Colors of the groups, used in turn.
  package var palette: [Color]
  package var markStyle: Style
  /// A box, in cells from the upper left of the plot, drawn as a frame around what it holds.
  package var selection: Rect?
  /// Straight lines through the middles of cells, one cell after the other.
  package var path: [(row: Int, column: Int)] = []
  package var pathStyle = Style(bold: true)
  package var cursor: (row: Int, column: Int)?

  /// All four planes have `height * width` entries.
  package init(
    height: Int, width: Int, dots: [UInt8], counts: [Int32], marked: [Int32], groups: [Int32],
    glyphs: Glyphs = .density, palette: [Color] = ScatterPlot.defaultPalette,
    markStyle: Style = Style(foreground: .palette(9), bold: true), selection: Rect? = nil,
    cursor: (row: Int, column: Int)? = nil
  ) {
    precondition(
      [dots.count, counts.count, marked.count, groups.count].allSatisfy { $0 == height * width })
    self.height = height
    self.width = width
    self.dots = dots
    self.counts = counts
    self.marked = marked
    self.groups = groups
    self.glyphs = glyphs
    self.palette = palette
    self.markStyle = markStyle
    self.selection = selection
    self.cursor = cursor
  }

  /// Okabe and Ito's colors that can be told apart with color blindness (jfly.uni-koeln.de/color), black left
  /// out, then four more; each has lightness enough on black and depth enough on white.
  package static let defaultPalette: [Color] = [
    .rgb(86, 180, 233), .rgb(230, 159, 0), .rgb(0, 158, 115), .rgb(204, 121, 167), .rgb(0, 114, 178),
    .rgb(240, 228, 66), .rgb(213, 94, 0), .rgb(148, 103, 189), .rgb(140, 140, 140), .rgb(188, 189, 34),
    .rgb(23, 190, 207), .rgb(140, 86, 75),
  ]

  private static let ramp = Array(".:+#@")

  /// Any marked point marks its cell; else it takes most of the cell's points.
  package var marksAny: Bool {
    let (held, withMarks) = counts.indices.reduce(into: (0, 0)) { sums, index in
      sums.0 += counts[index] > 0 ? 1 : 0
      sums.1 += marked[index] > 0 ? 1 : 0
    }
    return withMarks * 2 <= held
  }

  package func draw(into grid: inout Grid, _ rect: Rect, capabilities: Capabilities) {
    grid.fill(rect)
    let rows = min(height, rect.height)
    let columns = min(width, rect.width)
    let top = log2(1 + Double(counts.max() ?? 0))
    let marksAny = marksAny
    for row in 0..<rows {
      for column in 0..<columns where counts[row * width + column] > 0 {
        let index = row * width + column
        let share = top > 0 ? log2(1 + Double(counts[index])) / top : 0
        let isMarked = marksAny ? marked[index] > 0 : marked[index] * 2 > counts[index]
        let style = isMarked ? markStyle : style(group: Int(groups[index]), share: share, capabilities)
        let glyph =
          isMarked
          ? (capabilities.unicode ? "×" : "x") : glyph(index, share: share, unicode: capabilities.unicode)
        grid.put(glyph, columns: 1, row: rect.row + row, column: rect.column + column, style: style)
      }
    }
    drawSelection(into: &grid, rect, capabilities)
    drawPath(
      into: &grid, Rect(row: rect.row, column: rect.column, height: rows, width: columns), capabilities)
    if let cursor, cursor.row >= 0, cursor.row < rows, cursor.column >= 0, cursor.column < columns {
      let place = Rect(row: rect.row + cursor.row, column: rect.column + cursor.column, height: 1, width: 1)
      if counts[cursor.row * width + cursor.column] == 0 { grid.fill(place, GridCell("+")) }
      grid.restyle(place) { $0.reverse = true }
    }
  }

  private func glyph(_ index: Int, share: Double, unicode: Bool) -> String {
    if case .signs(let signs) = glyphs {
      return groups[index] >= 0 && !signs.isEmpty ? signs[Int(groups[index]) % signs.count] : "."
    }
    if unicode, let pattern = Unicode.Scalar(0x2800 + UInt32(dots[index])) { return String(pattern) }
    return String(Self.ramp[min(Self.ramp.count - 1, Int(share * Double(Self.ramp.count)))])
  }

  private func style(group: Int, share: Double, _ capabilities: Capabilities) -> Style {
    guard capabilities.colors != .none, group >= 0, !palette.isEmpty else { return .plain }
    let color = palette[group % palette.count]
    guard capabilities.colors >= .many, case .rgb(let red, let green, let blue) = color else {
      return Style(foreground: color)
    }
    // Five steps and no more: they keep the number of color pairs, and of bytes, small.
    let strength = 0.55 + 0.45 * (share * 4).rounded() / 4
    let mix = { (channel: UInt8) in UInt8(Double(channel) * strength + 64 * (1 - strength)) }
    return Style(foreground: .rgb(mix(red), mix(green), mix(blue)))
  }

  /// Corners as `o`; lines over empty cells only, so that they hide no point.
  private func drawPath(into grid: inout Grid, _ rect: Rect, _ capabilities: Capabilities) {
    for (a, b) in zip(path, path.dropFirst()) {
      let steps = max(abs(a.row - b.row), abs(a.column - b.column))
      for step in 0...max(1, steps) {
        let row = a.row + (b.row - a.row) * step / max(1, steps)
        let column = a.column + (b.column - a.column) * step / max(1, steps)
        guard (0..<rect.height).contains(row), (0..<rect.width).contains(column) else { continue }
        let cell = Rect(row: rect.row + row, column: rect.column + column, height: 1, width: 1)
        if counts[row * width + column] == 0 {
          grid.fill(cell, GridCell(capabilities.unicode ? "∙" : "*", pathStyle))
        } else {
          grid.restyle(cell) { $0.underline = true }
        }
      }
    }
    for corner in path
    where (0..<rect.height).contains(corner.row) && (0..<rect.width).contains(corner.column) {
      grid.put(
        "o", columns: 1, row: rect.row + corner.row, column: rect.column + corner.column, style: pathStyle)
    }
  }

  /// The frame stands outside of what it selects, so that it hides no point of it; of one at the edge of the plot the
  /// rest is drawn.
  private func drawSelection(into grid: inout Grid, _ rect: Rect, _ capabilities: Capabilities) {
    guard let selection else { return }
    let (top, left) = (selection.row - 1, selection.column - 1)
    let (bottom, right) = (selection.row + selection.height, selection.column + selection.width)
    let glyphs = capabilities.unicode ? ["┌", "┐", "└", "┘", "─", "│"] : ["+", "+", "+", "+", "-", "|"]
    func put(_ glyph: String, _ row: Int, _ column: Int) {
      let place = (row: rect.row + row, column: rect.column + column)
      guard rect.contains(row: place.row, column: place.column) else { return }
      grid.put(glyph, columns: 1, row: place.row, column: place.column, style: Style(bold: true))
    }
    for row in [top, bottom] { for column in left...right { put(glyphs[4], row, column) } }
    for column in [left, right] { for row in top...bottom { put(glyphs[5], row, column) } }
    put(glyphs[0], top, left)
    put(glyphs[1], top, right)
    put(glyphs[2], bottom, left)
    put(glyphs[3], bottom, right)
  }
}

/// Where the visible rows lie among all: a thumb in a track, one column wide.
package struct ScrollBar: Sendable {
  package var first: Int
  package var visible: Int
  package var total: Int
  package var style: Style
  package init(first: Int, visible: Int, total: Int, style: Style = Style(dim: true)) {
    self.first = first
    self.visible = visible
    self.total = total
    self.style = style
  }

  /// The rows of the thumb: at least one; at the very top or bottom only when the first or last row is shown.
  package func thumb(height: Int) -> Range<Int> {
    guard height > 0, total > visible, visible > 0 else { return 0..<max(0, height) }
    let length = min(height, max(1, Int((Double(height) * Double(visible) / Double(total)).rounded())))
    let travel = height - length
    let share = min(1, max(0, Double(first) / Double(total - visible)))
    var start = Int((share * Double(travel)).rounded())
    if travel > 1 {
      if start == 0, first > 0 { start = 1 }
      if start == travel, first < total - visible { start = travel - 1 }
    }
    return start..<start + length
  }

  /// Draws nothing where all rows are visible.
  package func draw(into grid: inout Grid, row: Int, column: Int, height: Int, capabilities: Capabilities) {
    guard total > visible else { return }
    let thumb = thumb(height: height)
    let glyphs = capabilities.unicode ? ("┃", "│") : ("#", "|")
    for offset in 0..<max(0, height) {
      grid.put(
        thumb.contains(offset) ? glyphs.0 : glyphs.1, columns: 1, row: row + offset, column: column,
        style: style)
    }
  }
}

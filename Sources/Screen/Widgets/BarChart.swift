/// Vertical bars side by side that fill the width: each takes as many columns as its neighbors, but for one. A part of
/// a bar may stand in front of it, from the same foot.
///
/// Strong bars and fronts differ from the others by glyph where there are no colors. In a single row of a terminal
/// without Unicode the height is a ramp of signs.
package struct BarChart: Sendable {
  package struct Bar: Sendable, Equatable {
    /// Of the full height, 0...1; what is above 0 shows as the thinnest mark at least.
    package var share: Double
    /// Of the full height, at most `share`.
    package var front: Double
    package var style: Style
    package var frontStyle: Style
    package var isStrong: Bool
    package init(
      share: Double, front: Double = 0, style: Style = .plain, frontStyle: Style = .plain,
      isStrong: Bool = false
    ) {
      self.share = share
      self.front = front
      self.style = style
      self.frontStyle = frontStyle
      self.isStrong = isStrong
    }
  }
  package var bars: [Bar]

  package init(_ bars: [Bar]) { self.bars = bars }

  /// The first column of a bar, of `count` its end; of no fewer columns than bars.
  package static func column(of bar: Int, count: Int, width: Int) -> Int {
    count > 0 ? (bar * width + count - 1) / count : 0
  }

  private static let eighths = ["", "▁", "▂", "▃", "▄", "▅", "▆", "▇"]
  private static let ramp = [" ", ".", ":", "-", "=", "+", "*", "#"]

  package func draw(into grid: inout Grid, _ rect: Rect, capabilities: Capabilities) {
    grid.fill(rect)
    for (index, bar) in bars.enumerated() {
      let first = Self.column(of: index, count: bars.count, width: rect.width)
      let end = Self.column(of: index + 1, count: bars.count, width: rect.width)
      let cells = cells(of: bar, height: rect.height, capabilities)
      for column in first..<max(first, end) {
        for (row, cell) in cells.enumerated() where cell.text != " " {
          grid.put(
            cell.text, columns: 1, row: rect.row + rect.height - 1 - row, column: rect.column + column,
            style: cell.style)
        }
      }
    }
  }

  /// From the foot up.
  private func cells(of bar: Bar, height: Int, _ capabilities: Capabilities) -> [GridCell] {
    // Without Unicode a cell is full or empty, but for the only one of a single row.
    let steps = capabilities.unicode ? 8 : height == 1 ? Self.ramp.count - 1 : 1
    func filled(_ share: Double) -> Int {
      let share = share.isNaN ? 0 : min(1, max(0, share))
      return max(share > 0 ? 1 : 0, Int((share * Double(height * steps)).rounded()))
    }
    let (back, front) = (filled(bar.share), min(filled(bar.front), filled(bar.share)))
    return (0..<max(0, height)).map { row in
      let (rest, ahead) = (back - row * steps, front - row * steps)
      if rest <= 0 { return GridCell() }
      if capabilities.unicode, capabilities.colors > .none, ahead > 0, ahead < steps, rest >= steps {
        // The edge of the front lies within a cell that is full behind it.
        var style = bar.frontStyle
        style.background = bar.style.foreground
        return GridCell(Self.eighths[ahead], style)
      }
      // Without colors a cell is all front or has none; the lowest shows that there is any.
      let isFront = ahead > 0 && (row == 0 || ahead * 2 >= min(rest, steps))
      let style = isFront ? bar.frontStyle : bar.style
      guard capabilities.unicode else {
        return GridCell(height == 1 ? Self.ramp[rest] : isFront || bar.isStrong ? "#" : ":", style)
      }
      if rest < steps {
        // A part of a block looks as solid as a front.
        let isFaint = capabilities.colors == .none && height > 1 && !isFront && !bar.isStrong
        return GridCell(isFaint ? (row == 0 || rest * 2 >= steps ? "▒" : " ") : Self.eighths[rest], style)
      }
      return GridCell(capabilities.colors > .none || isFront || bar.isStrong ? "█" : "▒", style)
    }
  }
}

import Screen

/// Strips of bars, each with a name and counts, so that groups can be compared.
extension Frame {
  /// Bars with a name at their left and counts at their right.
  struct Strip {
    var name: String
    var style: Style
    var note: Line
    var bars: [BarChart.Bar]
    /// What a bar of full height counts.
    var top: Int
  }

  /// Length of a bar, which is the greater the more it counts.
  static func length(_ count: Int, isLogarithmic: Bool) -> Double {
    isLogarithmic ? roughLog2(1 + Double(count)) : Double(count)
  }

  /// Strips one above the other, as many as fit, the one under the cursor among them.
  /// - Parameters:
  ///   - rect: where the bars are.
  ///   - margin: columns at its left for the names, and at its right for the counts.
  mutating func paint(
    _ strips: [Strip], cursor: Int, in rect: Rect, margin: (left: Int, right: Int), isLogarithmic: Bool
  ) {
    let fitting = max(1, min(strips.count, rect.height))
    let first = max(0, min(cursor - fitting / 2, strips.count - fitting))
    let height = rect.height / fitting
    var row = rect.row
    for (index, strip) in strips.enumerated().dropFirst(first).prefix(fitting) {
      // What is left over goes to the first, of all samples.
      let whole = height + (index == first ? rect.height - height * fitting : 0)
      let gap = whole > 2 && index > first ? 1 : 0
      let area = Rect(
        row: row + gap, column: rect.column + margin.left, height: whole - gap,
        width: rect.width - margin.left - margin.right)
      paint(strip, isCurrent: index == cursor && strips.count > 1, in: area, margin, isLogarithmic)
      row += whole
    }
  }

  private mutating func paint(
    _ strip: Strip, isCurrent: Bool, in area: Rect, _ margin: (left: Int, right: Int), _ isLogarithmic: Bool
  ) {
    BarChart(strip.bars).draw(into: &grid, area, capabilities: capabilities)
    let foot = area.row + area.height - 1
    if area.height > 2, strip.top > 0 {
      paintUpright(
        countTicks(strip.top, area.height, isLogarithmic, leavesFoot: !strip.name.isEmpty), leftOf: area,
        width: margin.left)
    }
    if !strip.name.isEmpty {
      let name = Rect(row: foot, column: area.column - margin.left, height: 1, width: margin.left - 1)
      grid.draw(
        cell(strip.name, name.width - 1), at: (0, 1), style: strip.style, clippedTo: name)
      if isCurrent { mark(0, in: name) }
    }
    draw(
      strip.note, row: 0,
      in: Rect(row: foot, column: area.column + area.width + 1, height: 1, width: margin.right - 1))
  }

  /// Counts at the heights where they would reach.
  private func countTicks(
    _ top: Int, _ height: Int, _ isLogarithmic: Bool, leavesFoot: Bool
  ) -> [(row: Int, text: String)] {
    let values =
      isLogarithmic
      ? Ticks.powers(upTo: top) + [top]
      : Ticks.linear(0, Double(top), maxCount: max(2, height / 3)).map { Int($0) } + [top]
    let full = max(Self.length(top, isLogarithmic: isLogarithmic), .leastNormalMagnitude)
    var ticks: [(row: Int, text: String)] = []
    for value in values.reversed() where value > 0 {
      let share = Self.length(value, isLogarithmic: isLogarithmic) / full
      let row = max(0, Int((share * Double(height)).rounded()) - 1)
      guard ticks.allSatisfy({ abs($0.row - row) > 1 }), !leavesFoot || row > 0 else { continue }
      ticks.append((row, compact(value)))
    }
    return ticks
  }
}

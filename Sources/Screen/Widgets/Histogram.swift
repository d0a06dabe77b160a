/// Counts as horizontal bars with a marked cut and a cursor.
///
/// Bins at and after the cut differ by glyph and style, and the cut's own row says so in words, so that no color
/// is needed. With a logarithmic scale a bar's length is log(1 + count): a bin of one still shows.
package struct Histogram: Sendable {
  package struct Bin: Sendable, Equatable {
    package var label: String
    package var count: Int
    /// Stands after the bar; the count itself where nil.
    package var note: String?
    package init(label: String, count: Int, note: String? = nil) {
      self.label = label
      self.count = count
      self.note = note
    }
  }
  package var bins: [Bin]
  /// The first bin of those that are cut off, nil for no cut.
  package var cut: Int?
  package var cutNote: String
  package var cursor: Int?
  package var isLogarithmic: Bool
  package var barStyle: Style
  package var cutStyle: Style
  package var labelStyle: Style

  package init(
    bins: [Bin], cut: Int? = nil, cutNote: String = "cut", cursor: Int? = nil, isLogarithmic: Bool = false,
    barStyle: Style = .plain, cutStyle: Style = Style(bold: true), labelStyle: Style = .plain
  ) {
    self.bins = bins
    self.cut = cut
    self.cutNote = cutNote
    self.cursor = cursor
    self.isLogarithmic = isLogarithmic
    self.barStyle = barStyle
    self.cutStyle = cutStyle
    self.labelStyle = labelStyle
  }

  /// The first bin shown where there are more than rows: the cursor, else the cut, stays in view.
  package func firstBin(rows: Int) -> Int {
    guard bins.count > rows, let focus = cursor ?? cut else { return 0 }
    return min(max(0, focus - rows / 2), bins.count - rows)
  }

  package func draw(into grid: inout Grid, _ rect: Rect, capabilities: Capabilities) {
    grid.fill(rect)
    guard !rect.isEmpty, !bins.isEmpty else { return }
    let first = firstBin(rows: rect.height)
    let shown = first..<min(bins.count, first + rect.height)
    let labelWidth = min(rect.width / 3, shown.map { TextWidth.width(bins[$0].label) }.max() ?? 0)
    let arrow = capabilities.unicode ? "◀" : "<-"
    let notes = shown.map { index in
      (bins[index].note ?? String(bins[index].count)) + (index == cut ? " \(arrow) \(cutNote)" : "")
    }
    let noteWidth = min(rect.width / 2, notes.map { TextWidth.width($0) }.max() ?? 0)
    let barWidth = max(0, rect.width - 2 - labelWidth - 1 - noteWidth - 1)
    let longest = length(bins.map(\.count).max() ?? 0)
    for (offset, index) in shown.enumerated() {
      let row = rect.row + offset
      let isCut = cut.map { index >= $0 } ?? false
      var textStyle = labelStyle
      if index == cursor { textStyle.reverse = true }
      grid.draw(
        index == cursor ? ">" : " ", row: row, column: rect.column, style: labelStyle, maxWidth: rect.width)
      grid.draw(
        TextWidth.fit(bins[index].label, to: labelWidth, alignment: .right, ellipsis: capabilities.ellipsis),
        row: row, column: rect.column + 1, style: textStyle, maxWidth: rect.width - 1)
      let bar = Bar.text(
        longest > 0 ? length(bins[index].count) / longest : 0, width: barWidth, capabilities: capabilities)
      let barColumn = rect.column + 2 + labelWidth
      grid.draw(
        isCut ? Self.cutGlyphs(bar, capabilities) : bar, row: row, column: barColumn,
        style: isCut ? cutStyle : barStyle, maxWidth: rect.column + rect.width - barColumn)
      let used = TextWidth.width(bar.trimmingTrailingSpaces())
      grid.draw(
        notes[offset], row: row, column: barColumn + used + (used > 0 ? 1 : 0),
        style: index == cut ? cutStyle : labelStyle,
        maxWidth: rect.column + rect.width - barColumn - used - 1, ellipsis: capabilities.ellipsis)
    }
  }

  private func length(_ count: Int) -> Double {
    isLogarithmic ? log2(1 + Double(max(0, count))) : Double(max(0, count))
  }

  private static func cutGlyphs(_ bar: String, _ capabilities: Capabilities) -> String {
    String(bar.map { $0 == "█" ? "▓" : $0 == "=" ? "#" : $0 })
  }
}

/// log2 to about 1e-7: the exponent, then the series of the inverse hyperbolic tangent for the significand
/// (Abramowitz and Stegun 4.1.27). The standard library has no logarithm and this room imports nothing.
func log2(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value > 0 ? value : -.infinity }
  let ratio = (value.significand - 1) / (value.significand + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = 0.0
  for index in 0..<7 {
    sum += term / Double(2 * index + 1)
    term *= square
  }
  return Double(value.exponent) + 2 * sum * 1.442695040888963
}

extension String {
  func trimmingTrailingSpaces() -> String {
    var view = self[...]
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

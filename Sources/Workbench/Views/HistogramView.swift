import Model
import Scanning
import Screen

extension Frame {
  mutating func paintHistogram() {
    let panes = layout.plotPanes
    separate(panes)
    let view = state.views.histogram
    let column = view.column(material)
    let name = column.name(in: material)
    let scale = view.isLogarithmic ? "logarithm" : "linear"
    let inner = panel(name, note: "\(scale) scale, t changes it", panes[0])
    if let bins = view.bins[column] {
      paint(bins, cut: view.cut(column), isLogarithmic: view.isLogarithmic, in: inner)
    } else {
      draw([plotWaits("Counting…")], in: inner)
    }
    paintScores(in: panel("score", note: "j k", panes[1]))
  }

  private mutating func paint(_ bins: Bins, cut: Int, isLogarithmic: Bool, in rect: Rect) {
    let footer = 4
    let chart = Rect(row: rect.row, column: rect.column, height: rect.height - footer, width: rect.width)
    // Whole bins a column, or whole columns a bin: no bar stands for more of the score than another.
    let perColumn = max(1, (Bins.count + chart.width - 1) / chart.width)
    let perBin = perColumn == 1 ? max(1, chart.width / Bins.count) : 1
    let columns = stride(from: 0, to: Bins.count, by: perColumn).map { start in
      bins.counts[start..<min(Bins.count, start + perColumn)].reduce(0, +)
    }
    func length(_ count: Int) -> Double { isLogarithmic ? roughLog2(1 + Double(count)) : Double(count) }
    let top = max(length(columns.max() ?? 0), .leastNormalMagnitude)
    for (index, count) in columns.enumerated() {
      let isAbove = (index + 1) * perColumn > cut
      let glyphs = BarColumn(
        share: length(count) / top, height: chart.height, isAbove: isAbove, capabilities: capabilities)
      for offset in 0..<perBin {
        for (row, glyph) in glyphs.cells.enumerated() where glyph != " " {
          grid.put(
            glyph, columns: 1, row: chart.row + chart.height - 1 - row,
            column: chart.column + index * perBin + offset,
            style: isAbove ? theme[.high] : theme[.low])
        }
      }
    }
    let axis = chart.row + chart.height
    grid.horizontalLine(
      row: axis, column: rect.column, width: min(rect.width, columns.count * perBin), style: theme[.border],
      capabilities: capabilities)
    let cutColumn = rect.column + cut / perColumn * perBin
    grid.put(capabilities.unicode ? "▲" : "^", columns: 1, row: axis, column: cutColumn, style: theme[.key])
    let foot = Rect(row: axis + 1, column: rect.column, height: 3, width: rect.width)
    let high = scoreText(bins.high)
    draw(Line(scoreText(bins.low), theme[.dim]), row: 0, in: foot)
    let end = min(rect.width, columns.count * perBin) - high.count
    grid.draw(high, at: (0, max(0, end)), style: theme[.dim], clippedTo: foot)
    let cutText = "cut \(scoreText(bins.edge(cut)))"
    grid.draw(
      cutText,
      at: (
        0,
        (cutColumn - rect.column - cutText.count / 2).clamped(
          to: high.count + 1...max(high.count + 1, end - cutText.count - 1))
      ),
      style: theme[.key], clippedTo: foot)
    let above = bins.above(cut)
    draw(
      Line([
        (grouped(above), Style(bold: true)), (" at or above (\(percent(above, of: material.count)))", .plain),
        (", \(grouped(bins.flaggedAbove(cut))) of them flagged", theme[.high]),
      ]), row: 1, in: foot)
    draw(
      Line(
        "h l move the cut, Enter opens, * selects"
          + (bins.missing > 0 ? "; \(grouped(bins.missing)) without a score" : ""), theme[.dim]),
      row: 2, in: foot)
  }

  private mutating func paintScores(in rect: Rect) {
    let columns = HistogramView.columns(material)
    let cursor = state.views.histogram.score
    let listHeight = min(columns.count, max(1, rect.height - 7))
    let top = max(0, min(cursor - listHeight / 2, columns.count - listHeight))
    for (line, column) in columns.dropFirst(top).prefix(listHeight).enumerated() {
      let name: String
      if case .raw(let index) = column {
        name = material.detectors[index].info.name
      } else {
        name = column.name(in: material)
      }
      draw(Line(" " + displayText(name)), row: line, in: rect)
      if top + line == cursor { mark(line, in: rect) }
    }
    let below = Rect(
      row: rect.row + listHeight + 1, column: rect.column, height: rect.height - listHeight - 1,
      width: rect.width)
    var lines: [Line] = []
    if case .raw(let index) = columns[cursor.clamped(to: 0...columns.count - 1)] {
      let info = material.detectors[index].info
      lines.append(Line(info.family.rawValue, theme[.title]))
      lines += wrapped(displayText(info.summary), rect.width)
      lines += [Line(), Line("raw scores; higher is more suspicious", theme[.dim])]
    } else {
      lines.append(Line("all evidence in one", theme[.title]))
      lines += wrapped(
        "Suspicion is fused from the detectors. At \(fixed(Double(Report.flagThreshold), 1)) a sample counts as flagged.",
        rect.width)
    }
    draw(Array(lines.prefix(below.height)), in: below)
  }
}

extension Frame {
  /// In the place of a plot that is not there yet, or that ^C stopped.
  func plotWaits(_ text: String) -> Line {
    state.views.isPlotStopped
      ? Line("Stopped. Any move on this screen tries again.", theme[.warning]) : Line(text, theme[.middle])
  }
}

/// A vertical bar as glyphs from the bottom up. Bars at or above the cut differ in shape, not in color alone.
private struct BarColumn {
  let cells: [String]

  init(share: Double, height: Int, isAbove: Bool, capabilities: Capabilities) {
    let steps = capabilities.unicode ? 8 : 1
    var filled = Int((share * Double(height * steps)).rounded())
    if filled == 0, share > 0 { filled = 1 }
    let full =
      capabilities.unicode ? (isAbove || capabilities.colors > .none ? "█" : "▒") : isAbove ? "#" : ":"
    let eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"]
    cells = (0..<max(0, height)).map { row in
      let rest = filled - row * steps
      return rest >= steps ? full : rest <= 0 ? " " : eighths[rest]
    }
  }
}

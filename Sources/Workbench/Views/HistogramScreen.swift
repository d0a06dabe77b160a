import Model
import Scanning
import Screen

extension Frame {
  mutating func paintHistogram() {
    let panes = layout.plotPanes
    separate(panes)
    let view = state.views.histogram
    let name = displayText(view.column(material).name(in: material))
    let split = state.shownBins?.request.split.map { " by " + displayText($0.name(in: material)) } ?? ""
    let zoom = view.range(view.column(material)).zoom
    let inner = scopedPanel(
      name + split + (zoom > 0 ? "  zoom \(1 << zoom)" : ""),
      note: view.isLogarithmic ? "logarithmic" : "linear", panes[0])
    if let bins = state.shownBins {
      paint(bins, cut: view.cut(bins.column), in: inner)
    } else {
      draw([plotWaits("Counting…")], in: inner)
    }
    paintScores(in: panel("score", note: view.split == nil ? "j k" : "Tab", panes[1]))
  }

  private mutating func paint(_ bins: Bins, cut: Int, in rect: Rect) {
    let isSplit = !bins.groups.isEmpty
    let margin = (left: isSplit ? 11 : 5, right: isSplit ? 14 : 0)
    let header = isSplit ? 1 : 0
    let area = Rect(
      row: rect.row + header, column: rect.column, height: rect.height - header - 4, width: rect.width)
    let chart = Rect(
      row: area.row, column: area.column + margin.left, height: area.height,
      width: area.width - margin.left - margin.right)
    guard chart.height > 0, chart.width > 0 else { return }
    // Whole bins a bar: none stands for more of the score than another, and the threshold is an edge of each.
    let size = [1, 2, 5, 10, 25, 50].first { Bins.count / $0 <= chart.width } ?? Bins.count
    if isSplit {
      draw(
        Line(
          " " + cell(bins.request.split?.name(in: material) ?? "", margin.left - 2), theme[.header]),
        row: 0, in: Rect(row: rect.row, column: rect.column, height: 1, width: margin.left - 1))
      draw(
        Line("at or above".leftPadded(13), theme[.header]), row: 0,
        in: Rect(row: rect.row, column: chart.column + chart.width + 1, height: 1, width: margin.right - 1))
    }
    let isLogarithmic = state.views.histogram.isLogarithmic
    paint(
      strips(bins, cut: cut, each: size), cursor: state.views.histogram.group, in: area, margin: margin,
      isLogarithmic: isLogarithmic)
    paintAxis(ticks(bins.scale.low, bins.scale.high, width: chart.width), beneath: chart)
    grid.put(
      capabilities.unicode ? "▲" : "^", columns: 1, row: chart.row + chart.height,
      column: chart.column
        + BarChart.column(of: cut / size, count: Bins.count / size, width: chart.width), style: theme[.key])
    paintFoot(
      bins, cut: cut,
      in: Rect(row: chart.row + chart.height + 2, column: rect.column, height: 2, width: rect.width))
  }

  private func strips(_ bins: Bins, cut: Int, each size: Int) -> [Strip] {
    let isLogarithmic = state.views.histogram.isLogarithmic
    func sums(_ counts: [Int]) -> [Int] {
      stride(from: 0, to: Bins.count, by: size).map { counts[$0..<$0 + size].reduce(0, +) }
    }
    func bars(_ counts: [Int], _ sums: [Int], top: Int) -> [BarChart.Bar] {
      let full = max(Self.length(top, isLogarithmic: isLogarithmic), .leastNormalMagnitude)
      return sums.enumerated().map { index, count in
        // A bar that the cut goes through is of the side on which most of it lies.
        let bins = index * size..<(index + 1) * size
        let isAbove =
          bins.contains(cut) ? 2 * counts[cut..<bins.upperBound].reduce(0, +) > count : bins.lowerBound > cut
        return BarChart.Bar(
          share: Self.length(count, isLogarithmic: isLogarithmic) / full,
          style: isAbove ? theme[.high] : theme[.low], isStrong: isAbove)
      }
    }
    func note(_ counts: Bins.Counts) -> Line {
      let above = counts.above(cut)
      return Line([
        (
          (above < 100_000 ? grouped(above) : compact(above)).leftPadded(6),
          above > 0 ? Style(bold: true) : theme[.dim]
        ),
        (percent(above, of: counts.total).leftPadded(7), theme[.dim]),
      ])
    }
    let whole = sums(bins.all.samples)
    let isSplit = !bins.groups.isEmpty
    let all = Strip(
      name: isSplit ? "all" : "", style: Style(bold: true), note: isSplit ? note(bins.all) : Line(),
      bars: bars(bins.all.samples, whole, top: whole.max() ?? 0), top: whole.max() ?? 0)
    // Groups share a scale, so that they can be compared.
    let groups = bins.groups.map { sums($0.counts.samples) }
    let top = groups.compactMap { $0.max() }.max() ?? 0
    return [all]
      + zip(bins.groups, groups).enumerated().map { index, group in
        Strip(
          name: group.0.name,
          style: bins.request.split.map { theme.group(index, named: group.0.name, of: $0) }
            ?? .plain, note: note(group.0.counts),
          bars: bars(group.0.counts.samples, group.1, top: top), top: top)
      }
  }

  private mutating func paintFoot(_ bins: Bins, cut: Int, in rect: Rect) {
    let group = state.views.histogram.group
    let isGroup = bins.groups.indices.contains(group - 1)
    let counts = isGroup ? bins.groups[group - 1].counts : bins.all
    let total = isGroup ? counts.total : bins.total
    let above = counts.above(cut)
    draw(
      Line([
        ("cut \(scoreText(bins.scale.edge(cut)))  ", theme[.key]),
        (isGroup ? displayText(bins.groups[group - 1].name) + ": " : "", .plain),
        (grouped(above), Style(bold: true)),
        (" of \(grouped(total)) at or above (\(percent(above, of: total)))", .plain),
        (", \(grouped(counts.flaggedAbove(cut))) flagged", theme[.high]),
      ]), row: 0, in: rect)
    let hidden = bins.all.below + bins.all.beyond
    let outside = hidden > 0 ? "\(grouped(hidden)) outside; " : ""
    let missing = bins.missing > 0 ? "\(grouped(bins.missing)) without a score; " : ""
    draw(
      Line(outside + missing + "h l move the cut, Enter opens, * selects, x splits", theme[.dim]), row: 1,
      in: rect)
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
    switch columns[cursor.clamped(to: 0...columns.count - 1)] {
    case .raw(let index):
      let info = material.detectors[index].info
      lines.append(Line(info.family.rawValue, theme[.title]))
      lines += wrapped(displayText(info.summary), rect.width)
      lines += [Line(), Line("raw scores; higher is more suspicious", theme[.dim])]
    case .data:
      lines.append(Line("a column of the data", theme[.title]))
    default:
      lines.append(Line("all evidence combined", theme[.title]))
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

import Model
import Screen

extension Frame {
  mutating func paintTimeline() {
    let view = state.views.timeline
    let split = view.timeline?.request.split.map { " by " + displayText($0.name(in: material)) } ?? ""
    let unit = view.timeline.map { $0.count > 0 ? " per \($0.step.name)" : "" } ?? ""
    let inner = scopedPanel(
      "samples\(unit)\(split)", note: view.isLogarithmic ? "logarithmic" : "linear", layout.body)
    guard let timeline = view.timeline else { return draw([plotWaits("Counting…")], in: inner) }
    guard timeline.count > 0 else {
      let text = timeline.missing > 0 ? "None of these samples has a time." : "No samples."
      return draw([Line(text, theme[.warning])], in: inner)
    }
    let margin = Layout.stripMargin
    let area = Rect(
      row: inner.row + 1, column: inner.column, height: inner.height - 5, width: inner.width)
    let chart = Rect(
      row: area.row, column: area.column + margin.left, height: area.height,
      width: area.width - margin.left - margin.right)
    guard chart.height > 0, chart.width > 0 else { return }
    draw(
      Line(
        (view.brushed == nil ? "here" : "in the range").leftPadded(15), theme[.header]),
      row: 0,
      in: Rect(row: inner.row, column: chart.column + chart.width + 1, height: 1, width: margin.right - 1))
    paint(
      strips(timeline), cursor: view.group, in: area, margin: margin, isLogarithmic: view.isLogarithmic)
    paintAxis(timeTicks(timeline, width: chart.width), beneath: chart)
    paintBrush(timeline, chart)
    paintTimes(
      timeline,
      in: Rect(row: chart.row + chart.height + 2, column: inner.column, height: 2, width: inner.width))
  }

  private func strips(_ timeline: Timeline) -> [Strip] {
    let view = state.views.timeline
    let chosen = view.chosen ?? 0..<0
    func strip(_ group: Timeline.Group, top: Int, style: Style) -> Strip {
      let full = max(Self.length(top, isLogarithmic: view.isLogarithmic), .leastNormalMagnitude)
      let bars = group.samples.indices.map { index in
        // What lies outside of the range stands back.
        let isOutside = view.brushed?.contains(index) == false
        return BarChart.Bar(
          share: Self.length(group.samples[index], isLogarithmic: view.isLogarithmic) / full,
          front: Self.length(group.flagged[index], isLogarithmic: view.isLogarithmic) / full,
          style: isOutside ? theme[.border] : theme[.low], frontStyle: theme[.high])
      }
      let count = group.count(chosen)
      let note = Line([
        (grouped(count.samples).leftPadded(8), count.samples > 0 ? Style(bold: true) : theme[.dim]),
        (percent(count.flagged, of: count.samples).leftPadded(7), theme[count.flagged > 0 ? .high : .dim]),
      ])
      return Strip(name: group.name, style: style, note: note, bars: bars, top: top)
    }
    let top = timeline.groups.compactMap { $0.samples.max() }.max() ?? 0
    return [strip(timeline.all, top: timeline.all.samples.max() ?? 0, style: Style(bold: true))]
      + timeline.groups.enumerated().map { index, group in
        strip(
          group, top: top,
          style: timeline.request.split.map { theme.group(index, named: group.name, of: $0) } ?? .plain)
      }
  }

  private func timeTicks(_ timeline: Timeline, width: Int) -> [(column: Int, text: String)] {
    // Every so many steps, as their names are wide.
    let label = TextWidth.width(timeline.step.label(timeline.edges[0])) + 5
    let stride = max(1, (label * timeline.count + width - 1) / max(1, width))
    return Swift.stride(from: 0, to: timeline.count, by: stride).map { index in
      (
        BarChart.column(of: index, count: timeline.count, width: width),
        timeline.step.label(timeline.edges[index])
      )
    }
  }

  /// The chosen stretch and the cursor, on the axis.
  private mutating func paintBrush(_ timeline: Timeline, _ chart: Rect) {
    let view = state.views.timeline
    let row = chart.row + chart.height
    func column(_ step: Int) -> Int {
      chart.column + BarChart.column(of: step, count: timeline.count, width: chart.width)
    }
    if let brushed = view.brushed {
      let (first, end) = (
        column(brushed.lowerBound), max(column(brushed.upperBound), column(brushed.lowerBound) + 1)
      )
      grid.fill(
        Rect(row: row, column: first, height: 1, width: end - first),
        GridCell(capabilities.unicode ? "━" : "=", theme[.key]))
      grid.put("[", columns: 1, row: row, column: first, style: theme[.key])
      grid.put("]", columns: 1, row: row, column: max(first, end - 1), style: theme[.key])
    }
    if let step = view.step {
      grid.put(
        capabilities.unicode ? "▲" : "^", columns: 1, row: row, column: column(step), style: theme[.key])
    }
  }

  private mutating func paintTimes(_ timeline: Timeline, in rect: Rect) {
    let view = state.views.timeline
    if let chosen = view.chosen, let times = view.chosenTimes {
      let isGroup = timeline.groups.indices.contains(view.group - 1)
      let group = isGroup ? timeline.groups[view.group - 1] : timeline.all
      let count = group.count(chosen)
      let from = CalendarTime(milliseconds: times.lowerBound).conditionText
      let until = CalendarTime(milliseconds: times.upperBound).conditionText
      draw(
        Line([
          (" \(from) until \(until)  ", theme[.key]), (isGroup ? displayText(group.name) + ": " : "", .plain),
          (grouped(count.samples), Style(bold: true)), (" samples", .plain),
          (
            ", \(grouped(count.flagged)) flagged (\(percent(count.flagged, of: count.samples)))", theme[.high]
          ),
        ]), row: 0, in: rect)
    }
    let flagged = Line([
      (" " + (capabilities.unicode ? "█" : "#"), theme[.high]),
      (" flagged", theme[.dim]),
    ])
    let missing = timeline.missing > 0 ? "; \(grouped(timeline.missing)) without a time" : ""
    let outside = timeline.outside > 0 ? "; \(grouped(timeline.outside)) outside" : ""
    let keys = "; [ and ] set the ends, Enter opens, * selects, x splits"
    draw(flagged + Line(missing + outside + keys, theme[.dim]), row: 1, in: rect)
  }
}

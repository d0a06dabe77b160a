import Model
import Scanning
import Screen

extension Frame {
  /// A part of the dashboard: how many rows it needs at least and at most, its title included, and how soon it
  /// gives way (the largest first; what the cursor is in never).
  struct Panel {
    enum Kind: Equatable { case histogram, months, data, list(DashboardView.Panel) }
    var kind: Kind
    var minimum: Int
    var wanted: Int
    var priority: Int
  }

  mutating func paintDashboard() {
    if state.session.isBlind { return paintBlindDashboard() }
    let body = layout.body
    let head = headLines(width: body.width - 2)
    let headHeight = min(head.count, body.height >= 18 ? 5 : 3)
    draw(
      Array(head.prefix(headHeight)),
      in: Rect(row: body.row, column: 1, height: headHeight, width: body.width - 2))
    let gap = body.height >= 18 ? 1 : 0
    let rest = Rect(
      row: body.row + headHeight + gap, column: 1, height: body.height - headHeight - gap,
      width: body.width - 2)
    let count = layout.size.panes == 3 ? 3 : 2
    let width = (rest.width - 2 * (count - 1)) / count
    let columns = dashboardColumns(height: rest.height, width: width)
    for (index, panels) in columns.enumerated() {
      let column = rest.column + index * (width + 2)
      paint(panels, in: Rect(row: rest.row, column: column, height: rest.height, width: width))
    }
  }

  // MARK: The head

  private func headLines(width: Int) -> [Line] {
    let total = material.count
    let barWidth = max(10, min(40, width - 64))
    // What is flagged is what there is to do; the rest may be looked at.
    let (part, whole) =
      (state.summary?.flagged ?? 0) > 0
      ? (state.marks.decidedFlagged, state.summary?.flagged ?? 0) : (state.marks.decided, total)
    let done = Bar.progress(Double(part) / Double(max(1, whole)), width: barWidth)
    let bar = Line([("REVIEW     ", theme[.title]), (done + " ", .plain)]) + counts()
    let progress =
      [
        "\(grouped(part)) of \(grouped(whole))\(whole < total ? " flagged" : "") decided",
        "\(grouped(part))/\(grouped(whole)) decided",
      ].first { bar.width + TextWidth.width($0) <= width } ?? "\(compact(part))/\(compact(whole))"
    var lines = [bar + Line(state.knowsMarks ? progress : capabilities.ellipsis + " decided")]
    if !material.report.detectors.contains(where: { $0.raw != nil }) {
      lines.append(
        Line([("FLAGGED    ", theme[.title]), ("not known: no detector could run", theme[.middle])]))
    } else if let summary = state.summary {
      var flagged = Line([
        ("FLAGGED    ", theme[.title]),
        (
          "\(grouped(summary.flagged)) of \(grouped(total)) (\(percent(summary.flagged, of: total)))",
          Style(bold: true)
        ),
      ])
      for group in summary.hypotheses.prefix(4) {
        flagged = flagged + Line("  \(displayText(group.name)) \(grouped(group.count))", theme[.high])
      }
      lines.append(flagged)
    } else {
      lines.append(Line([("FLAGGED    ", theme[.title]), ("counting…", theme[.middle])]))
    }
    let results = material.report.detectors
    var reasons: [String: Int] = [:]
    for result in results {
      if case .skipped(let reason) = result.outcome, !result.isForOtherData {
        reasons[reason, default: 0] += 1
      }
    }
    var detectors = Line([("DETECTORS  ", theme[.title]), ("\(material.detectors.count) ran", .plain)])
    let others = results.count(where: \.isForOtherData)
    if others > 0 {
      detectors = detectors + Line(", \(counted(others, "is", "are")) for other data", theme[.dim])
    }
    let why = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.reduce(Line()) {
      $0 + Line("  \(displayText(Needs.told($1.key, by: $1.value)))", theme[.warning])
    }
    // The list of detectors has the reasons too.
    let number = reasons.values.reduce(0, +)
    let short = number > 0 ? Line("  \(grouped(number)) could not run", theme[.warning]) : Line()
    lines.append(detectors + (detectors.width + why.width <= width ? why : short))
    lines.append(
      Line([("FEATURES   ", theme[.title]), (displayText(material.report.facts.featureSource), .plain)]))
    lines.append(
      Line([
        ("CLASSIFIER ", theme[.title]), (displayText(material.report.facts.probabilitySource), .plain),
      ]))
    return lines
  }

  // MARK: Panels

  /// The columns of panels for this size of a column. A panel with nothing to show is not there.
  private func dashboardColumns(height: Int, width: Int) -> [[Panel]] {
    func list(_ panel: DashboardView.Panel, minimum: Int, maximum: Int, _ priority: Int) -> Panel? {
      let count = state.dashboardCount(panel)
      guard count > 0 else { return nil }
      let isFocused = state.views.dashboard.panel == panel
      return Panel(
        kind: .list(panel), minimum: min(minimum, count + 1), wanted: min(maximum, count) + 1,
        priority: isFocused ? -1 : priority)
    }
    let histogram = Panel(
      kind: .histogram, minimum: 1 + Self.barCounts[0],
      wanted: 1 + (layout.size.height >= 40 ? Self.barCounts[2] : Self.barCounts[1]), priority: 1)
    let next = list(.next, minimum: 2, maximum: 4, 0)
    let findings = list(.incidents, minimum: 4, maximum: 16, 1)
    let labels = list(.labels, minimum: 4, maximum: 60, 2)
    let sources = list(.sources, minimum: 4, maximum: 60, 3)
    let samples = list(.samples, minimum: 5, maximum: 100, 4)
    let detectors = list(.detectors, minimum: 4, maximum: 60, 4)
    let months =
      (state.summary?.months.count ?? 0) > 1 ? Panel(kind: .months, minimum: 3, wanted: 4, priority: 5) : nil
    let data = Panel(kind: .data, minimum: 4, wanted: max(4, 1 + dataLines(width).count), priority: 6)
    switch layout.size.panes {
    case 3:
      let left = [histogram, months, labels].compactMap { $0 }
      let middle = [next, findings, sources].compactMap { $0 }
      // Where it has more room.
      func wanted(_ panels: [Panel]) -> Int { panels.reduce(0) { $0 + $1.wanted } }
      let isLeft = wanted(left) < wanted(middle)
      // Few classes leave room beneath them, and all detectors need theirs.
      let holdsData = !isLeft && wanted(left + [data]) <= height
      return [
        (left + [isLeft ? samples : holdsData ? data : nil]).compactMap { $0 },
        (middle + [isLeft ? nil : samples]).compactMap { $0 },
        [detectors, holdsData ? nil : data].compactMap { $0 },
      ]
    default:
      return [
        [histogram, labels, months, samples].compactMap { $0 },
        [next, findings, sources, detectors].compactMap { $0 },
      ]
    }
  }

  private mutating func paint(_ panels: [Panel], in rect: Rect) {
    var kept = panels
    while kept.reduce(0, { $0 + $1.minimum }) > rect.height, kept.count > 1,
      let worst = kept.indices.max(by: { (kept[$0].priority, $0) < (kept[$1].priority, $1) })
    {
      kept.remove(at: worst)
    }
    var heights = heights(of: kept, sharing: rect.height)
    if let index = kept.firstIndex(where: { $0.kind == .histogram }) {
      // It has so many bars or so many: nearly as much as it has got is rounded up, what is left belongs to others.
      let others = kept.enumerated().reduce(0) { $1.offset == index ? $0 : $0 + $1.element.minimum }
      let bars = Self.barCounts.last { 1 + $0 <= min(heights[index] + 2, rect.height - others) }
      if let bars { (kept[index].minimum, kept[index].wanted) = (1 + bars, 1 + bars) }
      heights = self.heights(of: kept, sharing: rect.height)
    }
    var spare = rect.height - heights.reduce(0, +)
    var row = rect.row
    for (index, panel) in kept.enumerated() {
      // Rows that nobody wants stand between the panels.
      let gap = min(1, spare)
      spare -= gap
      paint(panel.kind, in: Rect(row: row, column: rect.column, height: heights[index], width: rect.width))
      row += heights[index] + gap
    }
  }

  /// One row after another, so that all grow alike until they have what they want.
  private func heights(of panels: [Panel], sharing height: Int) -> [Int] {
    var heights = panels.map { min($0.minimum, height) }
    var spare = height - heights.reduce(0, +)
    while spare > 0 {
      var grew = false
      for index in panels.indices where spare > 0 && heights[index] < panels[index].wanted {
        heights[index] += 1
        spare -= 1
        grew = true
      }
      if !grew { break }
    }
    return heights
  }

  private mutating func paint(_ kind: Panel.Kind, in rect: Rect) {
    switch kind {
    case .histogram:
      paintSuspicion(in: panel("suspicion", note: "F opens it, log scale", rect))
    case .months: paintMonths(in: panel("flagged by month", rect))
    case .data: draw(dataLines(rect.width), in: panel("scan: coverage gaps and seconds", rect))
    case .list(let list): paintList(list, in: rect)
    }
  }

  /// Bars of the suspicion: the threshold is an edge of one.
  private static var barCounts: [Int] { [4, 10, 20] }

  private mutating func paintSuspicion(in rect: Rect) {
    guard let summary = state.summary else { return draw([Line("counting…", theme[.middle])], in: rect) }
    let steps = Self.barCounts.last { $0 <= rect.height } ?? Self.barCounts[0]
    let width = 100 / steps
    let bins = (0..<steps).map { step in
      Screen.Histogram.Bin(
        label: fixed(Double(step * width) / 100, 2),
        count: summary.histogram[step * width..<(step + 1) * width].reduce(0, +))
    }
    let noted = bins.map { Screen.Histogram.Bin(label: $0.label, count: $0.count, note: grouped($0.count)) }
    Screen.Histogram(
      bins: noted, cut: (0..<steps).first { Float($0 * width) / 100 >= Report.flagThreshold },
      cutNote: "flagged",
      isLogarithmic: true, barStyle: theme[.low], cutStyle: theme[.high], labelStyle: theme[.dim]
    ).draw(into: &grid, rect, capabilities: capabilities)
  }

  private mutating func paintMonths(in rect: Rect) {
    guard let summary = state.summary, let first = summary.months.first, let last = summary.months.last else {
      return
    }
    let shown = summary.months.suffix(max(1, rect.width))
    let shares = shown.map { Double($0.flagged) / Double(max(1, $0.count)) }
    draw(Line(Bar.sparkline(shares, capabilities: capabilities), theme[.high]), row: 0, in: rect)
    let worst = shown.max {
      Double($0.flagged) / Double(max(1, $0.count)) < Double($1.flagged) / Double(max(1, $1.count))
    }
    let peak = worst.map { "; most in \($0.name): \(percent($0.flagged, of: $0.count))" } ?? ""
    draw(Line("\(shown.first?.name ?? first.name) to \(last.name)\(peak)", theme[.dim]), row: 1, in: rect)
  }

  private func dataLines(_ width: Int) -> [Line] {
    let facts = material.report.facts
    var lines = [Line([("digest  ", theme[.dim]), (String(facts.digest.hex.prefix(16)), .plain)])]
    for spot in material.report.coverageGaps {
      lines += wrapped(
        "cannot see \(displayText(spot.attack)): \(displayText(spot.reason))", width, theme[.warning],
        indent: 2)
    }
    for note in facts.notes { lines += wrapped(displayText(note), width, theme[.warning], indent: 2) }
    let detectors = Set(material.report.detectors.map(\.info.name))
    for timing in material.report.timings where !detectors.contains(timing.stage) {
      lines.append(
        Line([
          (cell(timing.stage, min(28, width - 10)), theme[.dim]),
          (" " + fixed(timing.seconds, 2) + " s", .plain),
        ]))
    }
    return lines
  }
}

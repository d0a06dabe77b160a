import Model
import Scanning
import Screen

extension Frame {
  /// One of the lists that the dashboard's cursor goes through.
  mutating func paintList(_ list: DashboardView.Panel, in rect: Rect) {
    let isFocused = state.views.dashboard.panel == list
    let count = state.dashboardCount(list)
    let cursor = state.views.dashboard.lists[list.rawValue].cursor
    let room = max(0, rect.height - 1)
    let note =
      count > room && list != .next && list != .samples
      ? "\(grouped(count)) in all" : columnTitles(list, width: rect.width)
    let inner = panel(title(list), note: note, isFocused: isFocused, rect)
    guard inner.height > 0 else { return }
    let top = max(0, min(cursor - inner.height + 1, count - inner.height))
    // In their order once, not for each line.
    let groups = list == .labels ? state.rankedLabels : list == .sources ? state.rankedSources : []
    for row in 0..<min(inner.height, count - top) {
      draw(line(list, top + row, groups, width: inner.width), row: row, in: inner)
      if top + row == cursor, isFocused { mark(row, in: inner) }
    }
  }

  private func title(_ list: DashboardView.Panel) -> String {
    switch list {
    case .next: "what next"
    case .incidents: "incidents"
    case .labels: "labels"
    case .sources: "sources"
    case .samples: "most suspicious"
    case .detectors: "detectors"
    }
  }

  private func columnTitles(_ list: DashboardView.Panel, width: Int) -> String {
    switch list {
    case .labels, .sources: "n  flagged"
    case .incidents: width >= Self.significanceWidth ? "open    FDR" : "open"
    case .next, .samples, .detectors: ""
    }
  }

  private func line(
    _ list: DashboardView.Panel, _ index: Int, _ groups: [CaseSummary.Group], width: Int
  ) -> Line {
    switch list {
    case .next:
      let steps = state.suggestedSteps
      return Line(index < steps.count ? steps[index].text : "")
    case .incidents: return foundLine(index, width)
    case .labels, .sources:
      return groups.indices.contains(index) ? groupLine(groups[index], width) : Line()
    case .samples: return sampleLine(index, width)
    case .detectors: return detectorLine(material.report.detectors[index], width)
    }
  }

  /// A narrower panel has no room for how significant an incident is.
  private static var significanceWidth: Int { 50 }

  private func foundLine(_ index: Int, _ width: Int) -> Line {
    let lines = material.foundLines(areExpanded: false)
    guard lines.indices.contains(index), let entry = material.entry(lines[index]) else { return Line() }
    let open = state.openCount(entry.members)
    let isDone = open == 0
    let significance =
      width >= Self.significanceWidth ? probability(entry.significance).leftPadded(7) : ""
    return Line([
      (cell(entry.id, 3) + " ", theme[.key]),
      (cell(entry.sentence, max(0, width - 9 - significance.count)), isDone ? theme[.dim] : .plain),
      (compact(open).leftPadded(5), isDone ? theme[.dim] : .plain), (significance, theme[.dim]),
    ])
  }

  /// Name, number, share flagged, and the share as a bar where there is room.
  private func groupLine(_ group: CaseSummary.Group, _ width: Int) -> Line {
    let share = Double(group.flagged) / Double(max(1, group.count))
    let barWidth = width >= 44 ? min(20, width - 36) : 0
    let nameWidth = max(6, width - 17 - (barWidth > 0 ? barWidth + 1 : 0))
    let base = Double(state.summary?.flagged ?? 0) / Double(max(1, material.count))
    // Twice the share of all, and not by a sample or two.
    let stands = group.flagged >= 3 && share >= 2 * base
    var pieces: [(text: String, style: Style)] = [
      (cell(group.name, nameWidth), stands ? Style(bold: true) : .plain),
      (grouped(group.count).leftPadded(9), theme[.dim]),
      (percent(group.flagged, of: group.count).leftPadded(8), stands ? theme[.high] : .plain),
    ]
    // Of nothing there is no bar, as of the many sources that sent a sample or two.
    if barWidth > 0, group.flagged > 0 {
      let bar = Bar.meter(share, width: barWidth, capabilities: capabilities)
      pieces += [(" " + bar.filled, stands ? theme[.high] : theme[.low]), (bar.rest, theme[.border])]
    }
    return Line(pieces)
  }

  private func sampleLine(_ index: Int, _ width: Int) -> Line {
    guard let summary = state.summary, summary.order.indices.contains(index) else { return Line() }
    let row = Int(summary.order[index])
    let letter = verdictLetter(row)
    let suspicion = Double(material.report.suspicion[row])
    let hypothesis = material.hypothesis(of: row)
    return Line([
      (letter.text + " ", letter.style), (fixed(suspicion, 3) + " ", theme.score(suspicion)),
      (cell(material.report.ids[row], min(state.idWidth, max(8, width / 3))) + " ", .plain),
      (cell(material.label(of: row) ?? "-", min(state.labelWidth, max(6, width / 4))) + " ", .plain),
      (hypothesis == "none" ? "" : displayText(hypothesis), theme[.dim]),
    ])
  }

  /// Less is no time that anybody waits for.
  private static var toldSeconds: Double { 0.5 }

  private func detectorLine(_ result: DetectorResult, _ width: Int) -> Line {
    let longest = state.longest(material.report.detectors.map(\.info.name))
    let nameWidth = min(longest, width / 2)
    switch result.outcome {
    case .ran:
      let time = result.seconds >= Self.toldSeconds ? " " + fixed(result.seconds, 1) + " s" : ""
      let room = max(0, width - nameWidth - 3 - time.count)
      return Line([
        ("+ ", theme[.low]), (cell(result.info.name, nameWidth) + " ", .plain),
        (cell(result.info.summary, room) + time, theme[.dim]),
      ])
    case .skipped(let reason):
      return Line([
        ("- ", theme[.warning]), (cell(result.info.name, nameWidth) + " ", theme[.dim]),
        (displayText(reason), result.isForOtherData ? theme[.dim] : theme[.warning]),
      ])
    }
  }
}

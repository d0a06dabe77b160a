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
    for row in 0..<min(inner.height, count - top) {
      draw(line(list, top + row, width: inner.width), row: row, in: inner)
      if top + row == cursor, isFocused { mark(row, in: inner) }
    }
  }

  private func title(_ list: DashboardView.Panel) -> String {
    switch list {
    case .next: "what next"
    case .findings: "findings"
    case .labels: "labels"
    case .sources: "sources"
    case .samples: "most suspicious"
    case .detectors: "detectors"
    }
  }

  private func columnTitles(_ list: DashboardView.Panel, width: Int) -> String {
    switch list {
    case .labels, .sources: "n  flagged"
    case .findings: "size  q"
    case .next, .samples, .detectors: ""
    }
  }

  private func line(_ list: DashboardView.Panel, _ index: Int, width: Int) -> Line {
    switch list {
    case .next:
      let steps = state.suggestedSteps
      return Line(index < steps.count ? steps[index].text : "")
    case .findings: return findingLine(index, width)
    case .labels:
      guard let survey = state.survey, survey.labels.indices.contains(index) else { return Line() }
      return groupLine(survey.labels[index], width)
    case .sources:
      let groups = state.rankedSources
      return groups.indices.contains(index) ? groupLine(groups[index], width) : Line()
    case .samples: return sampleLine(index, width)
    case .detectors: return detectorLine(material.report.detectors[index], width)
    }
  }

  private func findingLine(_ index: Int, _ width: Int) -> Line {
    let ranked = state.rankedFindings
    guard ranked.indices.contains(index) else { return Line() }
    let finding = material.report.findings[ranked[index]]
    let size = compact(finding.members.count).leftPadded(5)
    let q = probability(finding.significance).leftPadded(7)
    let isDone = state.openCount(finding) == 0
    let incident = material.incident(of: finding)
    let isHead = incident?.findings.first == finding.id
    let name = [isHead ? incident?.id : nil, finding.id].compactMap { $0 }.joined(separator: " ")
    return Line([
      (cell(isHead || incident == nil ? name : "   " + name, 7) + " ", theme[.key]),
      (cell(finding.sentence, max(0, width - 20)), isDone ? theme[.dim] : .plain),
      (size, isDone ? theme[.dim] : .plain), (q, theme[.dim]),
    ])
  }

  /// Name, number, share flagged, and the share as a bar where there is room.
  private func groupLine(_ group: CaseSummary.Group, _ width: Int) -> Line {
    let share = Double(group.flagged) / Double(max(1, group.count))
    let barWidth = width >= 44 ? min(20, width - 36) : 0
    let nameWidth = max(6, width - 17 - (barWidth > 0 ? barWidth + 1 : 0))
    let base = Double(state.survey?.flagged ?? 0) / Double(max(1, material.count))
    // Twice the share of all, and not by a sample or two.
    let stands = group.flagged >= 3 && share >= 2 * base
    var pieces: [(text: String, style: Style)] = [
      (cell(group.name, nameWidth), stands ? Style(bold: true) : .plain),
      (grouped(group.count).leftPadded(9), theme[.dim]),
      (percent(group.flagged, of: group.count).leftPadded(8), stands ? theme[.high] : .plain),
    ]
    if barWidth > 0 {
      let bar = Bar.meter(share, width: barWidth, capabilities: capabilities)
      pieces += [(" " + bar.filled, stands ? theme[.high] : theme[.low]), (bar.rest, theme[.border])]
    }
    return Line(pieces)
  }

  private func sampleLine(_ index: Int, _ width: Int) -> Line {
    guard let survey = state.survey, survey.order.indices.contains(index) else { return Line() }
    let row = Int(survey.order[index])
    let letter = verdictLetter(row)
    let suspicion = Double(material.report.suspicion[row])
    let hypothesis = material.hypothesis(of: row)
    return Line([
      (letter.text + " ", letter.style), (fixed(suspicion, 3) + " ", theme.score(suspicion)),
      (cell(material.report.ids[row], min(24, max(8, width / 3))) + " ", .plain),
      (cell(material.label(of: row) ?? "-", min(16, max(6, width / 5))) + " ", .plain),
      (hypothesis == "none" ? "" : displayText(hypothesis), theme[.dim]),
    ])
  }

  private func detectorLine(_ result: DetectorResult, _ width: Int) -> Line {
    let nameWidth = min(28, max(12, width / 3))
    switch result.outcome {
    case .ran:
      return Line([
        ("+ ", theme[.low]), (cell(result.info.name, nameWidth) + " ", .plain),
        (fixed(result.seconds, 2).leftPadded(6) + " s  ", theme[.dim]),
        (displayText(result.info.summary), theme[.dim]),
      ])
    case .skipped(let reason):
      return Line([
        ("- ", theme[.warning]), (cell(result.info.name, nameWidth) + " ", theme[.dim]),
        ("could not run: " + displayText(reason), theme[.warning]),
      ])
    }
  }
}

import Analysis
import Model

/// Something worth doing next, as the dashboard offers it.
package struct SuggestedStep: Sendable, Equatable {
  package enum Target: Sendable, Equatable {
    case queue
    case finding(Int)
    case filter(String)
  }
  package var text: String
  package var target: Target
}

extension State {
  /// The most telling findings that are not yet decided, the flagged samples, and the whole queue.
  package var suggestedSteps: [SuggestedStep] {
    guard let survey else { return [SuggestedStep(text: "Review the queue", target: .queue)] }
    var steps: [SuggestedStep] = []
    for index in rankedFindings.prefix(2) {
      let finding = material.report.findings[index]
      let open = openCount(finding)
      guard open > 0 else { continue }
      steps.append(
        SuggestedStep(
          text:
            "\(displayText(finding.id)): look at \(grouped(open)) open sample\(open == 1 ? "" : "s"), then * gp",
          target: .finding(index)))
    }
    let flaggedCondition = "suspicion >= \(fixed(Double(Report.flagThreshold), 1)) and verdict = none"
    if survey.flagged > 0 {
      steps.append(
        SuggestedStep(text: "Review the flagged samples, worst first", target: .filter(flaggedCondition)))
    }
    steps.append(SuggestedStep(text: "Review all samples, worst first", target: .queue))
    return steps
  }

  /// Findings by what they are worth: the least probable first; the order of the report among equals.
  package var rankedFindings: [Int] {
    let findings = material.report.findings
    func q(_ index: Int) -> Double { findings[index].significance ?? 1 }
    return findings.indices.sorted { q($0) != q($1) ? q($0) < q($1) : $0 < $1 }
  }

  /// Members without a verdict. Of a large finding the decided samples are counted, which are few.
  package func openCount(_ finding: Finding) -> Int {
    guard marks.decided > 0 else { return finding.members.count }
    if finding.members.count <= 4096 {
      return finding.members.count { $0 >= 0 && $0 < material.count && marks[Int($0)] == nil }
    }
    let decided = session.rowsByID.values.count { marks[Int($0)] != nil && contains(finding.members, $0) }
    return finding.members.count - decided
  }

  /// Sources by the share of their samples that is flagged, those with few samples last.
  package var rankedSources: [Survey.Group] {
    guard let survey else { return [] }
    // One flagged sample of one is no evidence: shares are drawn to the overall one by its weight in 20 samples.
    let base = Double(survey.flagged) / Double(max(1, material.count))
    func score(_ group: Survey.Group) -> Double {
      (Double(group.flagged) + 20 * base) / (Double(group.count) + 20)
    }
    return survey.sources.sorted { score($0) != score($1) ? score($0) > score($1) : $0.count > $1.count }
  }

  /// The most suspicious samples that the dashboard lists; the queue has them all.
  private static var dashboardSamples: Int { 100 }

  /// Lines of a panel of the dashboard.
  package func dashboardCount(_ panel: DashboardView.Panel) -> Int {
    switch panel {
    case .next: suggestedSteps.count
    case .findings: material.report.findings.count
    case .labels: survey?.labels.count ?? 0
    case .sources: survey?.sources.count ?? 0
    case .samples: min(Self.dashboardSamples, survey?.order.count ?? 0)
    case .detectors: material.report.detectors.count
    }
  }
}

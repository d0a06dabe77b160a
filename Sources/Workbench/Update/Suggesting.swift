import Model
import Scanning

/// Something worth doing next, as the dashboard offers it.
package struct SuggestedStep: Sendable, Equatable {
  package enum Target: Sendable, Equatable {
    case queue
    case finding(Int)
    /// Of a finding the flagged members.
    case flagged(finding: Int)
    case filter(String)
  }
  package var text: String
  /// The keys that the text names for what it opens: a step names none for what is no verdict on all.
  package var keys = ""
  package var target: Target
}

extension State {
  /// Holds for flagged samples.
  package static let flaggedCondition = "suspicion >= \(Report.flagThreshold)"

  /// The most telling findings that are not yet decided, the flagged samples, and the whole queue.
  package var suggestedSteps: [SuggestedStep] {
    guard let survey else { return [SuggestedStep(text: "Review the queue", target: .queue)] }
    var steps = leadingFindings.prefix(2).compactMap { step(for: $0, survey) }
    if survey.flagged > 0 {
      steps.append(
        SuggestedStep(
          text: "Review the flagged samples, worst first",
          target: .filter(Self.flaggedCondition + " and verdict = none")))
    }
    steps.append(SuggestedStep(text: "Review all samples, worst first", target: .queue))
    return steps
  }

  /// What a finding is good for; nil once all its members are decided.
  private func step(for index: Int, _ survey: CaseSummary) -> SuggestedStep? {
    let finding = material.report.findings[index]
    let id = displayText(finding.id)
    let open = openCount(finding)
    guard open > 0 else { return nil }
    switch FindingAdvice(finding.kind) {
    case .markFlagged:
      let flagged = openCount(finding, of: survey.flaggedMembers[index]) { [report = material.report] row in
        report.suspicion[row] >= Report.flagThreshold
      }
      guard flagged > 0 else { break }
      return SuggestedStep(
        text: "\(id): check \(grouped(flagged)) flagged, * gp", keys: "* gp",
        target: .flagged(finding: index))
    case .relabel:
      return SuggestedStep(
        text: "\(id): check \(grouped(open)) labels; R, gr relabel", keys: "R", target: .finding(index))
    case .look: break
    }
    return SuggestedStep(
      text: "\(id): look at \(grouped(open)) sample\(open == 1 ? "" : "s"), one by one",
      target: .finding(index))
  }

  /// Whether the key that marks a whole selection is worth a hint here.
  var offersBulkPoisoned: Bool {
    !selection.rows.isEmpty && selection.group?.objection(to: .poisoned) == nil
  }

  /// Findings by incident, each begun by the one that tells its mechanism, and then by what they are worth: the least
  /// probable first; the order of the report among equals.
  package var rankedFindings: [Int] {
    let findings = material.report.findings
    var order: [String: Int] = [:]
    for id in material.report.incidents.flatMap(\.findings) { order[id] = order[id] ?? order.count }
    func place(_ index: Int) -> Int { order[findings[index].id] ?? order.count }
    func q(_ index: Int) -> Double { findings[index].significance ?? 1 }
    return findings.indices.sorted { a, b in
      if place(a) != place(b) { return place(a) < place(b) }
      return q(a) != q(b) ? q(a) < q(b) : a < b
    }
  }

  /// Of each incident the finding that tells its mechanism; of a case without incidents all findings.
  private var leadingFindings: [Int] {
    rankedFindings.filter { index in
      let finding = material.report.findings[index]
      return material.incident(of: finding).map { $0.findings.first == finding.id } ?? true
    }
  }

  /// Members without a verdict.
  package func openCount(_ finding: Finding) -> Int {
    openCount(finding, of: finding.members.count) { _ in true }
  }

  /// Members without a verdict among the `total` that `isCounted` holds for. Of a large finding the decided samples are
  /// counted, which are few.
  private func openCount(_ finding: Finding, of total: Int, _ isCounted: (Int) -> Bool) -> Int {
    guard marks.decided > 0 else { return total }
    if finding.members.count <= 4096 {
      return finding.members.count {
        $0 >= 0 && $0 < material.count && marks[Int($0)] == nil && isCounted(Int($0))
      }
    }
    let decided = session.rowsByID.values.count {
      marks[Int($0)] != nil && isCounted(Int($0)) && contains(finding.members, $0)
    }
    return total - decided
  }

  /// Sources by the share of their samples that is flagged, those with few samples last.
  package var rankedSources: [CaseSummary.Group] {
    guard let survey else { return [] }
    // One flagged sample of one is no evidence: shares are drawn to the overall one by its weight in 20 samples.
    let base = Double(survey.flagged) / Double(max(1, material.count))
    func score(_ group: CaseSummary.Group) -> Double {
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

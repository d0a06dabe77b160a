import Model
import Scanning

/// Something worth doing next, as the dashboard offers it.
package struct SuggestedStep: Sendable, Equatable {
  package enum Target: Sendable, Equatable {
    case queue
    /// Of a group the members for which the condition holds; nil for all.
    case found(FoundLine, where: String?)
    case filter(String)
    /// Where the last session stopped.
    case resume
  }
  package var text: String
  /// The keys that the text names for what it opens: a step names none for what is no verdict on all.
  package var keys = ""
  package var target: Target
}

extension State {
  /// Where the last session stopped, the incidents of most evidence that are not yet decided, the flagged samples, and
  /// the whole queue.
  package var suggestedSteps: [SuggestedStep] {
    guard let summary else { return [SuggestedStep(text: "Review the queue", target: .queue)] }
    if session.isBlind {
      return [SuggestedStep(text: "Review all samples, in shuffled order", target: .queue)]
    }
    var steps = resumeStep.map { [$0] } ?? []
    steps += material.foundLines(areExpanded: false).lazy.compactMap { step(for: $0) }.prefix(2)
    let open = summary.flagged - marks.decidedFlagged
    if open > 0 {
      let count = marks.decidedFlagged > 0 ? "\(grouped(open)) flagged left" : "flagged samples"
      steps.append(
        SuggestedStep(
          text: "Review \(count), worst first",
          target: .filter(CompiledFilter.flagged + " and verdict = none")))
    }
    steps.append(SuggestedStep(text: "Review all samples, worst first", target: .queue))
    return steps
  }

  /// What a group is good for; nil once all its members are decided.
  private func step(for line: FoundLine) -> SuggestedStep? {
    guard let entry = material.entry(line) else { return nil }
    let id = displayText(entry.id)
    let open = openCount(entry.members)
    guard open > 0 else { return nil }
    switch entry.advice {
    case .markFlagged:
      let flagged = openFlaggedCount(line, entry)
      guard flagged > 0 else { break }
      return SuggestedStep(
        text: "\(id): check \(grouped(flagged)) flagged, * gp", keys: "* gp",
        target: .found(line, where: CompiledFilter.flagged))
    case .relabel where hasOpenSuggestion(entry.members):
      return SuggestedStep(
        text: "\(id): check \(counted(open, "label")); R, gR relabel", keys: "R",
        target: .found(line, where: nil))
    case .relabel, .look: break
    }
    return SuggestedStep(
      text: "\(id): look at \(counted(open, "sample")), one by one",
      target: .found(line, where: nil))
  }

  /// Whether one of the open members could be relabelled as suggested. Of a large group it is taken for granted.
  private func hasOpenSuggestion(_ members: Column<Int32>) -> Bool {
    guard members.count <= 4096 else { return true }
    return members.contains { member in
      let row = Int(member)
      return row >= 0 && row < material.count && marks[row] == nil && material.suggestedLabel(of: row) != nil
    }
  }

  /// Flagged members of a group; nil for a finding while they are being counted.
  func flaggedCount(_ line: FoundLine) -> Int? {
    switch line {
    case .incident(let index): material.report.incidents[index].flagged
    case .finding(let index): summary?.flaggedMembers[index]
    }
  }

  private func openFlaggedCount(_ line: FoundLine, _ entry: FoundEntry) -> Int {
    openCount(entry.members, of: flaggedCount(line) ?? 0) { [report = material.report] row in
      report.suspicion[row] >= Report.flagThreshold
    }
  }

  /// Whether the key that marks a whole selection is worth a hint here.
  var offersBulkPoisoned: Bool {
    !selection.rows.isEmpty && selection.group?.objectionToPoisoned == nil
  }

  /// The lines of the list of incidents and findings.
  package var foundLines: [FoundLine] { material.foundLines(areExpanded: views.areFindingsShown) }

  /// The incident or finding under the cursor of that list.
  package var currentFound: FoundLine? { foundLines.dropFirst(views.findings.cursor).first }

  /// Members without a verdict.
  package func openCount(_ members: Column<Int32>) -> Int {
    openCount(members, of: members.count) { _ in true }
  }

  /// Members without a verdict among the `total` that `isCounted` holds for. Of a large group the decided samples are
  /// counted, which are few.
  private func openCount(_ members: Column<Int32>, of total: Int, _ isCounted: (Int) -> Bool) -> Int {
    guard marks.decided > 0 else { return total }
    if members.count <= 4096 {
      return members.count {
        $0 >= 0 && $0 < material.count && marks[Int($0)] == nil && isCounted(Int($0))
      }
    }
    let decided = session.rowsByID.values.count {
      marks[Int($0)] != nil && isCounted(Int($0)) && contains(members, $0)
    }
    return total - decided
  }

  package var rankedSources: [CaseSummary.Group] {
    ranked(summary?.sources.sorted { $0.count > $1.count } ?? [])
  }

  /// Where nothing is flagged they stay in the order of the classes.
  package var rankedLabels: [CaseSummary.Group] { ranked(summary?.labels ?? []) }

  /// Groups by the share of their samples that is flagged, those with few samples last; equal ones as they stand.
  private func ranked(_ groups: [CaseSummary.Group]) -> [CaseSummary.Group] {
    guard let summary else { return [] }
    // One flagged sample of one is no evidence: shares are drawn to the overall one by its weight in 20 samples.
    let base = Double(summary.flagged) / Double(max(1, material.count))
    func score(_ group: CaseSummary.Group) -> Double {
      (Double(group.flagged) + 20 * base) / (Double(group.count) + 20)
    }
    return groups.map { (group: $0, score: score($0)) }.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element.group)
  }

  /// The most suspicious samples that the dashboard lists; the queue has them all.
  private static var dashboardSamples: Int { 100 }

  /// Lines of a panel of the dashboard.
  package func dashboardCount(_ panel: DashboardView.Panel) -> Int {
    // All others tell of scores.
    guard !session.isBlind || panel == .next else { return 0 }
    return switch panel {
    case .next: suggestedSteps.count
    case .incidents: material.foundLines(areExpanded: false).count
    case .labels: summary?.labels.count ?? 0
    case .sources: summary?.sources.count ?? 0
    case .samples: min(Self.dashboardSamples, summary?.order.count ?? 0)
    case .detectors: material.report.detectors.count
    }
  }
}

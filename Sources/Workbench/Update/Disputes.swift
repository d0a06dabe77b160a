import Model
import Review

/// Samples on which reviewers differ, and what settles them.
extension State {
  /// One's own journal and those beside it.
  package var agreement: Agreement { Agreement([review] + beside.journals.map(\.review)) }

  /// What the reviewers say of a sample, as far as it may be seen.
  package func opinions(on row: Int) -> [Agreement.Opinion] {
    isHidden(row) ? [] : agreement.opinions(on: material.report.ids[row])
  }

  /// The rule of the queue of disputes.
  static let disputesRule = "disputed"
  private static let openDisputes = "settled = none"

  mutating func showDisputes() -> [Effect] {
    let names = Set(
      beside.journals.flatMap { $0.review.decisions.map(\.reviewer) } + review.decisions.map(\.reviewer))
    guard !beside.journals.isEmpty || names.count > 1 else {
      messages.say(
        "there is one reviewer here: --beside FILE reads the journal of another", .warning)
      return []
    }
    if let known = views.queues.values.first(where: { $0.isOfDisputes && views.stack.contains(.queue($0.id)) }
    ) {
      views.show(.queue(known.id))
    } else {
      let id = views.addQueue(title: "disputed", base: [], rule: Self.disputesRule, of: nil)
      views.queues[id]?.isOfDisputes = true
      views.queues[id]?.filters =
        (try? CompiledFilter(Self.openDisputes, material: material)).map { [$0] } ?? []
      views.show(.queue(id))
    }
    messages.say("a verdict here settles a dispute; g& also shows settled ones")
    return [.readBeside] + compareReviewers()
  }

  /// What has come of others is not compared yet.
  package var isComparing: Bool { jobs.isWanted(.comparison) }

  mutating func compareReviewers() -> [Effect] {
    for id in views.queues.keys where views.queues[id]?.isOfDisputes == true {
      views.queues[id]?.phase = .waiting
    }
    beside.comparedDecisions = review.decisions.count
    let task = WorkRequest.Task.compare(agreement, blind: session.isBlind ? session.reviewer : nil)
    return want("comparing verdicts", task, .comparison)
  }

  /// The comparison was stopped: what was known of the others before may no longer be so.
  mutating func dropComparison() {
    beside.comparison = nil
    marks.peers = PeerVerdicts()
    for id in views.queues.keys where views.queues[id]?.isOfDisputes == true {
      views.queues[id]?.phase = .stopped
    }
  }

  /// The journals beside one's own have been read again.
  mutating func takeBeside(_ journals: [BesideJournal]) -> [Effect] {
    guard journals != beside.journals else { return [] }
    let before = beside.journals
    beside.journals = journals
    for (journal, old) in zip(journals, before) {
      let added = journal.review.decisions.count - old.review.decisions.count
      if added > 0 {
        messages.say("\(counted(added, "more decision")) in \(journal.name)")
      }
      if let problem = journal.problem, problem != old.problem {
        messages.say("\(journal.name): \(displayText(problem))", .warning)
      }
    }
    // Without a look at it nothing was compared.
    return beside.comparison == nil && !isComparing ? [] : compareReviewers()
  }

  mutating func takeComparison(_ comparison: Comparison) -> [Effect] {
    beside.comparison = comparison
    session.rowsByID.merge(comparison.located) { known, _ in known }
    marks.peers = comparison.peers
    // What was decided while it was made.
    for decision in review.decisions.dropFirst(beside.comparedDecisions) {
      for id in affected(by: decision) {
        if let row = session.rowsByID[id] { markPeers(id, Int(row)) }
      }
    }
    return views.queues.keys.sorted().filter { views.queues[$0]?.isOfDisputes == true }.flatMap { id in
      views.queues[id]?.base = comparison.disputed
      return arrange(id)
    }
  }

  /// Whether a sample is left to decide, as a queue sees it.
  package func isOpen(_ row: Int, in queue: Queue) -> Bool {
    queue.isOfDisputes ? marks.peers.settled(row) == nil : marks[row] == nil
  }

  /// What a verdict on a sample settles where it is given now; nil where it is one's own alone.
  func settling(_ id: String, in queue: Queue?) -> [Decision.Settled]? {
    queue?.isOfDisputes == true ? agreement.opinions(on: id).settling(by: session.reviewer) : nil
  }

  /// Brings what is known of the reviewers' verdicts on a sample to what the journals say.
  mutating func markPeers(_ id: String, _ row: Int) {
    guard beside.comparison != nil else { return }
    let opinions = agreement.opinions(on: id)
    let isSeen = !session.isBlind || opinions.contains { $0.reviewer == session.reviewer }
    marks.peers.set(row, isSeen ? opinions : [])
  }

  /// What the screen of disputes says of all of them, in lines.
  package var agreementLines: [String] {
    var lines = beside.journals.compactMap { journal in
      journal.problem.map { "\(journal.name): \(displayText($0))" }
    }
    guard let statistics = beside.comparison?.statistics else { return lines }
    guard statistics.shared > 0 else { return lines + ["No sample was judged by two reviewers."] }
    let same = statistics.sameInterval
    lines.append(
      "\(grouped(statistics.shared)) judged by two or more, the same of \(grouped(statistics.same)): "
        + "\(percent(statistics.same, of: statistics.shared)) (\(fixed(100 * same.low, 1))..\(fixed(100 * same.high, 1)))"
    )
    if let kappa = statistics.kappa {
      lines.append("Fleiss' kappa of \(statistics.reviewers.count) reviewers \(text(kappa))")
    }
    return lines
      + statistics.pairs.map { pair in
        "\(displayText(pair.first)), \(displayText(pair.second)): same \(grouped(pair.same)) of "
          + "\(grouped(pair.shared)), Cohen's kappa \(pair.kappa.map(text) ?? "-")"
      }
  }

  /// Rows that these lines take of the screen of disputes, their title included; at most a third of it.
  package func agreementHeight(of queue: Queue) -> Int {
    guard queue.isOfDisputes, !agreementLines.isEmpty else { return 0 }
    return min(agreementLines.count + 1, max(2, Layout(size: size).body.height / 3))
  }

  private func text(_ kappa: Kappa) -> String {
    let interval = kappa.interval.map { " (\(fixed($0.low, 2))..\(fixed($0.high, 2)))" } ?? ""
    return fixed(kappa.value, 2) + interval
  }
}

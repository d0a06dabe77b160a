import Model
import Review

/// A review in which nothing is seen of what the scan and others think of a sample before one has judged it: neither
/// scores, findings and suggested labels nor an order that tells of them, and no verdict but one's own. The order is one
/// by a hash of the id, the same for everybody, so that two who each judge some hundred samples judge the same ones.
extension State {
  /// Whether the sample is to be judged by what it is alone.
  package func isHidden(_ row: Int) -> Bool {
    session.isBlind && review.standingDecision(on: material.report.ids[row], by: session.reviewer) == nil
  }

  /// What cannot be done blind: screens that are made of scores, and verdicts on samples that nobody has looked at.
  static let refusedBlind: Set<Command> = [
    .histogram, .scatter, .timeline, .findings, .pivot, .statistics, .mark, .bulkPoisoned, .bulkClean,
    .bulkUnsure, .bulkRelabel, .bulkSuggested,
  ]

  /// Says so where a command is refused.
  mutating func isRefusedBlind(_ command: Command) -> Bool {
    guard session.isBlind, Self.refusedBlind.contains(command) else { return false }
    messages.say("blind: each sample is judged by itself; :blind off shows scores", .warning)
    return true
  }

  /// - Parameter argument: "on", "off" or nothing, which turns it over.
  mutating func setBlind(_ argument: String) -> [Effect] {
    switch argument.trimmed {
    case "on" where session.isBlind, "off" where !session.isBlind:
      messages.say("blind is \(argument.trimmed) already", .warning)
      return []
    case "on", "off", "":
      session.isBlind.toggle()
      messages.say(
        session.isBlind
          ? "blind: scores and others' verdicts are hidden until you have decided"
          : "scores and verdicts are shown")
    default:
      messages.say("blind [on|off]", .error)
      return []
    }
    let wasComparing = isComparing
    beginBlind()
    return wasComparing ? compareReviewers() : []
  }

  /// All that is on the screen was made with or without scores: the session begins at the dashboard again.
  mutating func beginBlind() {
    views.show(.dashboard)
    selection.clear()
    views.pivot.forget()
    let sort = session.isBlind ? Sort.shuffled : .bySuspicion
    // Where one stopped in another order tells of it: the first by suspicion, as a rule.
    if views.main.sort != sort {
      session.resumeAt = [:]
      session.resume = nil
    }
    views.main.sort = sort
    views.main.rows = []
    views.main.phase = .waiting
    views.main.list = ListCursor()
    mark(Array(session.rowsByID.keys))
    marks.peers = PeerVerdicts()
    beside.comparison = nil
  }

  /// Leaves out of a queue what would tell of scores.
  func hidingScores(_ queue: Queue) -> Queue {
    guard session.isBlind else { return queue }
    var queue = queue
    if queue.sort.column.isScore, !queue.isOfDisputes { queue.sort = .shuffled }
    if queue.column.isScore, !queue.isOfDisputes { queue.column = .id }
    if !queue.isOfDisputes { queue.filters.removeAll(where: \.test.asksForScores) }
    return queue
  }

  /// Says so where a column may not be sorted or filtered by.
  mutating func isRefusedBlind(_ asksForScores: Bool) -> Bool {
    guard session.isBlind, asksForScores, currentQueue?.isOfDisputes != true else { return false }
    messages.say("blind: no order and no condition by scores; :blind off shows them", .warning)
    return true
  }

  /// Says so where a queue of an earlier time held the members of an incident or finding.
  mutating func isRefusedBlind(_ queue: ViewMemory.Queue) -> Bool {
    queue.rule.flatMap(foundLine) != nil && isRefusedBlind(.findings)
  }

  /// The verdict on a sample that is shown as the one that stands: blind one's own alone.
  func shownVerdict(of id: String) -> Verdict? {
    guard session.isBlind else { return review.verdict(of: id) }
    guard case .verdict(let verdict)? = review.standingDecision(on: id, by: session.reviewer)?.act else {
      return nil
    }
    return verdict
  }
}

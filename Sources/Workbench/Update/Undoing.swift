import Model
import Review

/// Undo, redo, and what they leave on the screen.
extension State {
  mutating func takeBackLast() -> [Effect] {
    guard let decision = review.lastUndoable(by: session.reviewer) else {
      messages.say("nothing to undo", .warning)
      return []
    }
    return takeBack(decision)
  }

  mutating func takeBackUnderCursor() -> [Effect] {
    guard let decision = loggedDecision else {
      messages.say("no decision here", .warning)
      return []
    }
    guard decision.act.canBeUndone else {
      let what =
        if case .undo = decision.act { "this line is itself an undo" } else { "a repair is not a decision" }
      messages.say("\(what): ^R is redo", .warning)
      return []
    }
    guard !review.undone.contains(decision.sequence) else {
      messages.say("already undone", .warning)
      return []
    }
    return takeBack(decision)
  }

  mutating func takeBack(_ decision: Decision) -> [Effect] {
    guard mayDecide() else { return [] }
    let undo = Decision(
      at: session.now, reviewer: session.reviewer, samples: decision.samples, act: .undo(decision.sequence))
    session.saving = Session.PendingSave(decision: undo, rows: [], origin: nil, intent: .undo)
    messages.say("saving…")
    return [.append(undo)]
  }

  mutating func decideAgain() -> [Effect] {
    guard let last = session.redo.last else {
      messages.say("nothing to redo", .warning)
      return []
    }
    guard mayDecide() else { return [] }
    return append(
      last.act, rows: [], samples: last.samples, rule: last.by, settles: last.settles, intent: .redo)
  }

  /// What was taken back together is decided together again; of a single sample the cursor shows which it was.
  mutating func didDecideAgain(_ decision: Decision) -> [Effect] {
    let old = session.redo.removeLast()
    session.stroke.append(decision)
    let together = session.strokes[old.sequence] ?? []
    if let next = session.redo.last, together.contains(next.sequence) { return decideAgain() }
    if session.stroke.count > 1 { sayMarked(stroke: session.stroke) }
    session.finishStroke()
    if decision.samples.count == 1, let row = session.rowsByID[decision.samples[0].id] {
      let origin = session.origins[old.sequence]
      session.origins[decision.sequence] = origin
      returnTo(row, origin)
    }
    return []
  }

  mutating func didTakeBack(_ sequence: UInt64) -> [Effect] {
    guard let decision = review.decision(sequence) else { return [] }
    session.redo.append(decision)
    if let next = session.strokes[sequence]?.last(where: { !review.undone.contains($0) }),
      let other = review.decision(next)
    {
      return takeBack(other)
    }
    let together = (session.strokes[sequence] ?? []).compactMap { review.decision($0) }
    if together.count > 1 {
      let (samples, what) = naming(stroke: together)
      messages.say("\(what) undone: \(samples)")
    } else {
      sayTakenBack(decision)
    }
    if decision.samples.count == 1, together.count < 2, let row = session.rowsByID[decision.samples[0].id] {
      returnTo(row, session.origins[sequence])
    }
    return []
  }

  /// Decisions that were taken together: of how many samples, and what.
  func naming(stroke: [Decision]) -> (samples: String, what: String) {
    let count = stroke.reduce(0) { $0 + $1.samples.count }
    let words = Set(stroke.map(\.act.word)).sorted()
    let isAdjudicated = stroke.contains { $0.settles != nil }
    return (
      counted(count, "sample"),
      isAdjudicated ? words.joined(separator: ", ").uppercased() + ", as adjudicated" : "RELABEL as suggested"
    )
  }

  mutating func sayMarked(stroke: [Decision]) {
    let (samples, what) = naming(stroke: stroke)
    messages.say("\(samples) marked \(what) (u undoes)")
  }

  private mutating func sayTakenBack(_ decision: Decision) {
    let samples = naming(decision.samples)
    switch decision.act {
    case .verdict(let verdict):
      let standing =
        decision.samples.count == 1 ? decision.samples.first.flatMap { shownVerdict(of: $0.id) } : nil
      let now = standing.map { "now \(capitals($0))" } ?? "undecided"
      messages.say("\(capitals(verdict)) undone: \(samples); \(now)")
    case .tag(let word, let isSet):
      messages.say("\(samples) \(isSet ? "no longer tagged" : "tagged") \(displayText(word)) again")
    case .undo, .repair: break
    }
  }

  /// Puts the cursor on a sample: in the queue where it was decided, else in the one on top.
  mutating func returnTo(_ row: Int32, _ origin: Session.Origin?) {
    guard let queue = origin.flatMap({ views.queues[$0.queue] }) ?? currentQueue else { return }
    let rows = queue.rows
    let isThere = origin.map { rows.indices.contains($0.position) && rows[$0.position] == row } ?? false
    guard let place = isThere ? origin?.position : rows.firstIndex(of: row) else { return }
    views.queues[queue.id]?.list.cursor = place
    views.review.scrollToTop()
  }
}

import Model
import Review

/// What the journal answers.
extension State {
  mutating func takeSaved(_ decision: Decision) -> [Effect] {
    guard let pending = session.saving else { return [] }
    session.saving = nil
    enter([decision])
    for (sample, row) in zip(decision.samples, pending.rows) { session.rowsByID[sample.id] = row }
    return enterMarks(of: decision.samples.map(\.id)) + answerTo(decision, pending)
  }

  private mutating func answerTo(_ decision: Decision, _ pending: Session.PendingSave) -> [Effect] {
    switch decision.act {
    case .verdict(let verdict):
      let settled = decision.settles.map { ", settles \($0.map(\.text).joined(separator: ", "))" } ?? ""
      messages.say(
        "\(naming(decision.samples)) marked \(capitals(verdict))\(displayText(settled)) (u undoes)")
      if pending.intent == .decide { session.last = session.repeated ?? .verdict(verdict) }
      return didDecide(decision, pending)
    case .tag(let word, let isSet):
      messages.say(
        "\(naming(decision.samples)) \(isSet ? "tagged" : "no longer tagged") \(displayText(word)) (u undoes)"
      )
      return didDecide(decision, pending)
    case .undo(let sequence): return didTakeBack(sequence)
    case .repair: return []
    }
  }

  /// Decisions of others on the same journal: their samples are looked for beside the loop where their rows are
  /// not known yet.
  mutating func takeOthers(_ decisions: [Decision]) -> [Effect] {
    guard !decisions.isEmpty else { return [] }
    enter(decisions)
    return enterMarks(of: decisions.flatMap { affected(by: $0) })
  }

  /// One's own too may be of an earlier session whose samples nobody has looked for: what is undone or decided again.
  private mutating func enterMarks(of ids: [String]) -> [Effect] {
    mark(ids)
    session.unlocated.formUnion(ids.lazy.filter { [known = session.rowsByID] in known[$0] == nil })
    return session.unlocated.isEmpty ? [] : locateOthers()
  }

  mutating func locateOthers() -> [Effect] {
    want("locating decided samples", .locate(session.unlocated.sorted()), .locate)
  }

  /// Into the log; its cursor, counted from the newest, stays with the decision that it is on.
  mutating func enter(_ decisions: [Decision]) {
    for decision in decisions { review.apply(decision) }
    if views.stack.contains(.log), review.decisions.count > decisions.count {
      views.log.cursor += decisions.count
      views.log.top += decisions.count
    }
  }

  /// The samples whose verdict a decision may have changed.
  func affected(by decision: Decision) -> [String] {
    guard case .undo(let sequence) = decision.act else { return decision.samples.map(\.id) }
    return review.decision(sequence)?.samples.map(\.id) ?? []
  }

  /// Brings the marks of these samples to what the journal says.
  mutating func mark(_ ids: [String]) {
    if !ids.isEmpty { views.markCountsAsOld() }
    for id in ids {
      guard let row = session.rowsByID[id].map({ Int($0) }) else { continue }
      marks.set(row, shownVerdict(of: id))
      let tags = review.tags(of: id)
      if !tags.isEmpty || !marks.tags.isEmpty { marks.tags.set(row, tags) }
      markPeers(id, row)
    }
  }

  mutating func didDecide(_ decision: Decision, _ pending: Session.PendingSave) -> [Effect] {
    if let origin = pending.origin { session.origins[decision.sequence] = origin }
    switch pending.intent {
    case .decide:
      session.redo = []
      // A tag decides nothing: the sample stays.
      guard case .verdict = decision.act else { return [] }
      session.note = nil
      if let origin = pending.origin { advance(queue: origin.queue, from: origin.position) }
      return []
    case .note:
      session.redo = []
      session.note = nil
      messages.say("note saved with the verdict on \(naming(decision.samples))")
      return []
    case .bulk:
      session.stroke.append(decision)
      return session.parts.isEmpty ? didDecideForMany() : appendNextPart()
    case .redo: return didDecideAgain(decision)
    case .undo: return []
    }
  }

  mutating func didDecideForMany() -> [Effect] {
    session.redo = []
    if session.stroke.count > 1 { sayMarked(stroke: session.stroke) }
    session.finishStroke()
    selection.clear()
    return []
  }

  /// Nothing is lost of a decision that the journal was only too busy for; any other failure ends the deciding.
  mutating func takeSaveFailure(_ failure: SaveFailure) -> [Effect] {
    session.saving = nil
    session.parts = []
    session.finishStroke()
    guard !failure.canBeTriedAgain else {
      messages.say("NOT saved: \(displayText(failure.reason))", .warning)
      return []
    }
    session.unsaved += 1
    session.readOnlyReason = "the journal could not be written"
    let kept = failure.keptIn.map { "kept in \(displayText($0)): --journal goes on with it" }
    messages.say(
      "NOT saved: \(displayText(failure.reason)); \(kept ?? "the session is read-only now")", .error)
    return []
  }

  mutating func trust() -> [Effect] {
    guard session.untrusted != nil else {
      messages.say("all decisions of the journal count", .warning)
      return []
    }
    return [.trust]
  }

  mutating func takeTrusted(_ decisions: [Decision]) -> [Effect] {
    session.untrusted = nil
    messages.say(
      counted(decisions.count, "decision of the journal counts", "decisions of the journal count")
        + " from now on")
    return takeOthers(decisions)
  }
}

import Model
import Review

extension State {
  /// A held key repeats every 33 ms, and nobody judges a sample in less than twice that.
  private static let guardMilliseconds: Int64 = 60

  mutating func decide(_ verdict: Verdict) -> [Effect] {
    guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
    guard mayDecide() else { return [] }
    // Who plays a macro has seen what it does.
    if session.paintsAreReported, session.macros.playback == nil {
      guard let painted = session.painted, painted.row == row,
        session.now - painted.at >= Self.guardMilliseconds
      else {
        messages.say("too fast: #\(name(row)) has only just appeared, key ignored", .warning)
        session.transcript.ignoreLast()
        return []
      }
    }
    let sample = reference(to: row, in: material)
    let settles = settling(sample.id, in: queue)
    // Once is enough, unless the content has changed since or there is something to add.
    if session.note?.row != row, let standing = standingDecision(on: sample.id),
      standing.reviewer == session.reviewer, standing.settles == settles || settles == nil,
      standing.act == .verdict(verdict), standing.samples.contains(sample)
    {
      messages.say("#\(name(row)) is already \(capitals(verdict))", .warning)
      advance(queue: queue.id, from: queue.list.cursor)
      return []
    }
    return append(
      .verdict(verdict), rows: [Int32(row)], samples: [sample], settles: settles, intent: .decide)
  }

  /// The decision on a sample that is shown as the one that stands.
  package func standingDecision(on id: String) -> Decision? {
    session.isBlind
      ? review.standingDecision(on: id, by: session.reviewer) : review.standingDecision(on: id)
  }

  /// Says why not where a decision is impossible now.
  mutating func mayDecide() -> Bool {
    if let reason = session.readOnlyReason {
      messages.say("read-only: \(reason)", .warning)
      return false
    }
    if session.untrusted != nil {
      messages.say(
        "the journal holds decisions that are not yours: gt counts them; --journal FILE begins another",
        .warning)
      return false
    }
    if session.isSaving {
      messages.say("still saving the decision before: key ignored", .warning)
      return false
    }
    return true
  }

  mutating func append(
    _ act: Decision.Act, rows: ContiguousArray<Int32>, samples: [Decision.SampleReference],
    rule: String? = nil, settles: [Decision.Settled]? = nil, intent: Session.PendingSave.Intent = .decide
  ) -> [Effect] {
    var shown: Decision.Shown?
    let isVerdict = if case .verdict = act { true } else { false }
    if isVerdict, intent == .decide || intent == .note, let row = rows.first, !isHidden(Int(row)) {
      shown = Decision.Shown(
        suspicion: material.report.suspicion[Int(row)], rank: survey.map { Int($0.rank[Int(row)]) + 1 } ?? 0,
        version: material.version)
    }
    let note = session.note.flatMap {
      [Int32($0.row)] == rows && intent != .bulk && isVerdict ? $0.text : nil
    }
    let decision = Decision(
      at: session.now, reviewer: session.reviewer, samples: samples, act: act, note: note, shown: shown,
      by: rule, settles: settles)
    let origin = currentQueue.map { Session.Origin(queue: $0.id, position: $0.list.cursor) }
    session.saving = Session.PendingSave(decision: decision, rows: rows, origin: origin, intent: intent)
    messages.say("saving…")
    return [.append(decision)]
  }

  /// What was decided last, for this sample too.
  mutating func decideAsBefore() -> [Effect] {
    guard let verdict = session.lastVerdict else {
      messages.say("nothing was decided yet that could be repeated", .warning)
      return []
    }
    return decide(verdict)
  }

  /// Stands with the verdict on the sample: with the one that it has, or with the one to come.
  mutating func note(_ text: String) -> [Effect] {
    guard let row = currentRow else { return nothingHere() }
    guard mayDecide() else { return [] }
    guard !text.trimmed.isEmpty else {
      prompt = .line(LinePrompt(.note))
      return []
    }
    session.note = (row, text.trimmed)
    let sample = reference(to: row, in: material)
    guard let standing = standingDecision(on: sample.id), standing.reviewer == session.reviewer else {
      messages.say("the note goes with the verdict on #\(name(row))")
      return []
    }
    return append(
      standing.act, rows: [Int32(row)], samples: [sample], settles: standing.settles, intent: .note)
  }

  mutating func relabelAsSuggested() -> [Effect] {
    guard let row = currentRow else { return nothingHere() }
    guard !isHidden(row) else {
      messages.say("blind: what the evidence suggests is hidden; r chooses a label", .warning)
      return []
    }
    guard let label = material.suggestedLabel(of: row) else {
      messages.say("no label is suggested for #\(name(row)): r chooses one", .warning)
      return []
    }
    return decide(.relabel(label))
  }

  mutating func relabel(_ argument: String) -> [Effect] {
    guard let row = currentRow else { return nothingHere() }
    guard mayDecide() else { return [] }
    let classes = material.report.facts.classes
    if !argument.isEmpty {
      guard let label = knownLabel(argument) else { return [] }
      return decide(.relabel(label))
    }
    guard !classes.isEmpty else {
      messages.say("this dataset has no labels", .warning)
      return []
    }
    prompt = .label(
      LabelPrompt(
        .sample(row), classes: classes, suggested: isHidden(row) ? nil : material.suggestedLabel(of: row)))
    return []
  }

  /// The class of that name; says so where there is none.
  mutating func knownLabel(_ text: String) -> String? {
    let classes = material.report.facts.classes
    let name = text.trimmed
    if let exact = classes.first(where: { $0 == name }) { return exact }
    let hint = nearest(name, classes).map { "; did you mean \(displayText($0))?" } ?? ""
    messages.say("no label \(displayText(name))\(hint)", .error)
    return nil
  }

  // MARK: Taking back

  mutating func takeBackLast() -> [Effect] {
    guard let decision = review.lastUndoable(by: session.reviewer) else {
      messages.say("nothing to take back", .warning)
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
        if case .undo = decision.act { "this line takes another back" } else { "a repair decides nothing" }
      messages.say("\(what): ^R is redo", .warning)
      return []
    }
    guard !review.undone.contains(decision.sequence) else {
      messages.say("taken back already", .warning)
      return []
    }
    return takeBack(decision)
  }

  private mutating func takeBack(_ decision: Decision) -> [Effect] {
    guard mayDecide() else { return [] }
    let undo = Decision(
      at: session.now, reviewer: session.reviewer, samples: decision.samples, act: .undo(decision.sequence))
    session.saving = Session.PendingSave(decision: undo, rows: [], origin: nil, intent: .undo)
    messages.say("saving…")
    return [.append(undo)]
  }

  mutating func decideAgain() -> [Effect] {
    guard let last = session.redo.last else {
      messages.say("nothing to decide again", .warning)
      return []
    }
    guard mayDecide() else { return [] }
    return append(
      last.act, rows: [], samples: last.samples, rule: last.by, settles: last.settles, intent: .redo)
  }

  /// The decision under the cursor of the log, the newest first.
  package var loggedDecision: Decision? {
    let index = review.decisions.count - 1 - views.log.cursor
    return review.decisions.indices.contains(index) ? review.decisions[index] : nil
  }

  // MARK: Answers of the journal

  mutating func takeSaved(_ decision: Decision) -> [Effect] {
    guard let pending = session.saving else { return [] }
    session.saving = nil
    enter([decision])
    for (sample, row) in zip(decision.samples, pending.rows) { session.rowsByID[sample.id] = row }
    mark(decision.samples.map(\.id))
    switch decision.act {
    case .verdict(let verdict):
      let settled = decision.settles.map { ", settles \($0.map(\.text).joined(separator: ", "))" } ?? ""
      messages.say(
        "\(naming(decision.samples)) marked \(capitals(verdict))\(displayText(settled)) (u undoes)")
      if pending.intent == .decide { session.lastVerdict = verdict }
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
    let ids = decisions.flatMap { affected(by: $0) }
    mark(ids)
    session.unlocated.formUnion(ids.lazy.filter { [known = session.rowsByID] in known[$0] == nil })
    return session.unlocated.isEmpty ? [] : locateOthers()
  }

  mutating func locateOthers() -> [Effect] {
    want("finding what others decided", .locate(session.unlocated.sorted()), .locate)
  }

  /// Into the log; its cursor, counted from the newest, stays with the decision that it is on.
  private mutating func enter(_ decisions: [Decision]) {
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

  private mutating func didDecide(_ decision: Decision, _ pending: Session.PendingSave) -> [Effect] {
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

  private mutating func didDecideForMany() -> [Effect] {
    session.redo = []
    if session.stroke.count > 1 {
      let count = session.stroke.reduce(0) { $0 + $1.samples.count }
      let words = Set(session.stroke.map(\.act.word))
      let what =
        session.stroke.contains { $0.settles != nil }
        ? words.joined(separator: ", ").uppercased() + ", as adjudicated" : "RELABEL as suggested"
      messages.say("\(grouped(count)) samples marked \(what) (u undoes)")
    }
    session.finishStroke()
    selection.clear()
    return []
  }

  /// What was taken back together is decided together again; of a single sample the cursor shows which it was.
  private mutating func didDecideAgain(_ decision: Decision) -> [Effect] {
    let old = session.redo.removeLast()
    session.stroke.append(decision)
    let together = session.strokes[old.sequence] ?? []
    if let next = session.redo.last, together.contains(next.sequence) { return decideAgain() }
    session.finishStroke()
    if decision.samples.count == 1, let row = session.rowsByID[decision.samples[0].id] {
      let origin = session.origins[old.sequence]
      session.origins[decision.sequence] = origin
      returnTo(row, origin)
    }
    return []
  }

  private mutating func didTakeBack(_ sequence: UInt64) -> [Effect] {
    guard let decision = review.decision(sequence) else { return [] }
    session.redo.append(decision)
    if let next = session.strokes[sequence]?.last(where: { !review.undone.contains($0) }),
      let other = review.decision(next)
    {
      return takeBack(other)
    }
    sayTakenBack(decision)
    if decision.samples.count == 1, let row = session.rowsByID[decision.samples[0].id] {
      returnTo(row, session.origins[sequence])
    }
    return []
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
  private mutating func returnTo(_ row: Int32, _ origin: Session.Origin?) {
    guard let queue = origin.flatMap({ views.queues[$0.queue] }) ?? currentQueue else { return }
    let rows = queue.rows
    let isThere = origin.map { rows.indices.contains($0.position) && rows[$0.position] == row } ?? false
    guard let place = isThere ? origin?.position : rows.firstIndex(of: row) else { return }
    views.queues[queue.id]?.list.cursor = place
    views.review.scrollToTop()
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
    let kept = failure.keptIn.map { "kept in \(displayText($0)), to go on with by --journal" }
    messages.say(
      "NOT saved: \(displayText(failure.reason)); \(kept ?? "the session is read-only now")", .error)
    return []
  }

  // MARK: A journal that was not written here

  mutating func trust() -> [Effect] {
    guard session.untrusted != nil else {
      messages.say("all decisions of the journal count", .warning)
      return []
    }
    return [.trust]
  }

  mutating func takeTrusted(_ decisions: [Decision]) -> [Effect] {
    session.untrusted = nil
    messages.say("\(grouped(decisions.count)) decisions of the journal count from now on")
    return takeOthers(decisions)
  }

  // MARK: Words

  /// The id of a row as it may be shown.
  func name(_ row: Int) -> String { displayText(material.report.ids[row]) }

  private func naming(_ samples: [Decision.SampleReference]) -> String {
    guard samples.count == 1, let first = samples.first else { return "\(grouped(samples.count)) samples" }
    return "#" + displayText(first.id)
  }
}

/// POISONED, or RELABEL -> "cat".
func capitals(_ verdict: Verdict) -> String {
  if case .relabel(let name) = verdict { return "RELABEL -> \(displayText(name))" }
  return verdict.word.uppercased()
}

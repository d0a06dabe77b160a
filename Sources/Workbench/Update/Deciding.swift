import Model
import Review

extension State {
  /// A held key repeats every 33 ms, and nobody judges a sample in less than twice that.
  private static let guardMilliseconds: Int64 = 60

  /// - Parameter repeated: what is repeated of it later; nil for the verdict itself.
  mutating func decide(_ verdict: Verdict, repeated: Session.Repeatable? = nil) -> [Effect] {
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
    session.repeated = repeated
    return choose(.init(act: .verdict(verdict), row: row, queue: queue.id))
  }

  mutating func decide(
    _ verdict: Verdict, on sample: Decision.SampleReference, _ choice: Session.PendingChoice
  ) -> [Effect] {
    let row = choice.row
    let queue = views.queues[choice.queue]
    let settles = queue.flatMap { settling(sample.id, in: $0) }
    // Once is enough, unless the content has changed since or there is something to add.
    if session.note?.row != row, let standing = standingDecision(on: sample.id),
      standing.reviewer == session.reviewer, standing.settles == settles || settles == nil,
      standing.act == .verdict(verdict), standing.samples.contains(sample)
    {
      messages.say("#\(name(row)) is already \(capitals(verdict))", .warning)
      if let queue { advance(queue: queue.id, from: queue.list.cursor) }
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
      messages.say("still saving the previous decision: key ignored", .warning)
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
        suspicion: material.report.suspicion[Int(row)], rank: summary.map { Int($0.rank[Int(row)]) + 1 } ?? 0,
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
    switch session.last {
    case .verdict(let verdict): return decide(verdict)
    case .relabelAsSuggested: return relabelAsSuggested()
    case nil:
      messages.say("no decision to repeat yet", .warning)
      return []
    }
  }

  /// Stands with the verdict on the sample: with the one that it has, or with the one to come.
  mutating func note(_ text: String) -> [Effect] {
    guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
    guard mayDecide() else { return [] }
    guard !text.trimmed.isEmpty else {
      prompt = .line(LinePrompt(.note))
      return []
    }
    session.note = (row, text.trimmed)
    return choose(.init(act: .note, row: row, queue: queue.id))
  }

  mutating func note(on sample: Decision.SampleReference, _ choice: Session.PendingChoice) -> [Effect] {
    let row = choice.row
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
      messages.say("blind: suggested labels are hidden; r chooses a label", .warning)
      return []
    }
    guard let label = material.suggestedLabel(of: row) else {
      messages.say("no label is suggested for #\(name(row)): r chooses one", .warning)
      return []
    }
    return decide(.relabel(label), repeated: .relabelAsSuggested)
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

  /// The decision under the cursor of the log, the newest first.
  package var loggedDecision: Decision? {
    let index = review.decisions.count - 1 - views.log.cursor
    return review.decisions.indices.contains(index) ? review.decisions[index] : nil
  }

  /// The id of a row as it may be shown.
  func name(_ row: Int) -> String { displayText(material.report.ids[row]) }

  func naming(_ samples: [Decision.SampleReference]) -> String {
    guard samples.count == 1, let first = samples.first else { return counted(samples.count, "sample") }
    return "#" + displayText(first.id)
  }
}

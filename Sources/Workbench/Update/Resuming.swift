import Model
import Review
import Scanning

/// Where the last session on the dataset stopped.
extension State {
  /// Offers the queue that was on top; nil where that was the main one, or where nothing of it is left to decide.
  var resumeStep: SuggestedStep? {
    guard let queue = session.resume else { return nil }
    let at = queue.sample.map { ", at #\(displayText($0))" } ?? ""
    guard let rule = queue.rule else {
      let conditions = queue.filters.map { displayText($0) }.joined(separator: " & ")
      return SuggestedStep(text: "Resume \(conditions)\(at)", target: .resume)
    }
    guard let entry = foundLine(ofRule: rule).flatMap(material.entry) else { return nil }
    let open = openCount(entry.members)
    guard open > 0 else { return nil }
    return SuggestedStep(
      text: "Resume \(displayText(entry.id)): \(grouped(open)) of \(grouped(entry.members.count)) open\(at)",
      target: .resume)
  }

  /// Opens the queue that was on top, with the cursor where it was.
  mutating func resumeQueue() -> [Effect] {
    guard let queue = session.resume else { return nothingHere() }
    session.resume = nil
    if isRefusedBlind(queue) { return [] }
    guard queue.rule.map({ foundLine(ofRule: $0) != nil }) ?? (queue.condition != nil) else {
      return nothingHere()
    }
    let effects = reopen(queue)
    if case .queue(let id) = place, let sample = queue.sample {
      session.resumeAt[id] = Session.ResumePoint(sample: sample, isGreeted: true)
    }
    return effects
  }

  /// A queue as it was: of a group, of a decision, of disputes, or of all samples for which its conditions hold.
  mutating func reopen(_ queue: ViewMemory.Queue) -> [Effect] {
    if queue.rule == Self.disputesRule { return showDisputes() }
    var effects: [Effect]
    if let rule = queue.rule {
      if let line = foundLine(ofRule: rule) {
        effects = openFound(line, where: queue.condition)
      } else if let decision = decision(ofRule: rule) {
        effects = openSamples(of: decision, where: queue.condition)
      } else {
        effects = show(.queue)
      }
    } else if let condition = queue.condition {
      effects = openQueue(where: condition)
    } else {
      effects = openQueue(title: "all samples", base: nil, rule: nil)
    }
    guard case .queue(let id) = place, id != 0 else { return effects }
    if let column = RowColumn.named(queue.sortColumn, in: material) {
      views.queues[id]?.sort = Sort(column: column, descending: queue.descending)
    }
    effects += arrange(id)
    return effects
  }

  /// Puts the cursor where the last session left it, once the queue is in order.
  mutating func resume(in queue: inout Queue) {
    guard let point = session.resumeAt.removeValue(forKey: queue.id),
      let row = session.rowsByID[point.sample],
      let place = queue.rows.firstIndex(of: row)
    else { return }
    queue.list.cursor = place
    if point.isGreeted, place > 0, !review.decisions.isEmpty {
      messages.say("welcome back: the queue stands at \(grouped(place + 1)), #\(displayText(point.sample))")
    }
  }

  /// The incident or finding of which a queue held the members.
  func foundLine(ofRule rule: String) -> FoundLine? {
    material.foundLines(areExpanded: true).first { material.entry($0)?.rule == rule }
  }

  /// A filter or sort that no longer fits the case is left out. A case with fewer decisions is another one of the same
  /// data: where one was in the old one says nothing of it.
  mutating func restore(_ memory: ViewMemory) {
    if let columns = memory.columns { restore(columns) }
    for (letter, bookmark) in memory.bookmarks ?? [:] {
      if let letter = LetterPrompt.letter(letter) { session.bookmarks[letter] = bookmark }
    }
    for (letter, keys) in memory.macros ?? [:] {
      guard let letter = LetterPrompt.letter(letter), !keys.isEmpty else { continue }
      session.macros.keys[letter] = Array(KeyNames.sequence(keys).prefix(Macros.maximumKeys))
    }
    guard review.decisions.count >= memory.decisions else { return }
    var main = views.main
    main.filters = memory.main.filters.compactMap { try? CompiledFilter($0, material: material) }
    if let column = RowColumn.named(memory.main.sortColumn, in: material) {
      main.sort = Sort(column: column, descending: memory.main.descending)
    }
    session.resumeAt[main.id] = memory.main.sample.map { .init(sample: $0, isGreeted: true) }
    session.resume = memory.other
    views.main = main
  }

  /// What to keep for the next session.
  package var memory: ViewMemory {
    ViewMemory(
      main: remembered(views.main),
      other: topQueue.flatMap { $0.id == 0 ? nil : remembered($0) } ?? session.resume,
      decisions: review.decisions.count, columns: rememberedColumns,
      bookmarks: session.bookmarks.isEmpty
        ? nil : Dictionary(uniqueKeysWithValues: session.bookmarks.map { (String($0), $1) }),
      macros: session.macros.keys.isEmpty
        ? nil
        : Dictionary(
          uniqueKeysWithValues: session.macros.keys.map { (String($0), $1.map(KeyNames.written).joined()) }))
  }

  /// The queue that is on top, or beneath other screens.
  var topQueue: Queue? {
    views.stack.reversed().lazy.compactMap { [views] place -> Queue? in
      if case .queue(let id) = place { views.queues[id] } else { nil }
    }.first
  }

  /// "decision 17"
  private func decision(ofRule rule: String) -> Decision? {
    let words = rule.split(separator: " ")
    guard words.count == 2, words[0] == "decision", let number = UInt64(words[1]) else { return nil }
    return review.decision(number)
  }

  func remembered(_ queue: Queue) -> ViewMemory.Queue {
    ViewMemory.Queue(
      rule: queue.rule, filters: queue.filters.map(\.source),
      sortColumn: queue.sort.column.name(in: material),
      descending: queue.sort.descending, sample: queue.currentRow.map { material.report.ids[$0] })
  }
}

import Model
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
    var effects: [Effect]
    if let rule = queue.rule {
      guard let line = foundLine(ofRule: rule) else { return nothingHere() }
      effects = openFound(line, where: queue.condition)
    } else {
      guard let condition = queue.condition else { return nothingHere() }
      effects = openQueue(where: condition)
    }
    guard case .queue(let id) = place else { return effects }
    if let column = RowColumn.named(queue.sortColumn, in: material) {
      views.queues[id]?.sort = Sort(column: column, descending: queue.descending)
    }
    session.resumeAt[id] = queue.sample
    effects += arrange(id)
    return effects
  }

  /// Puts the cursor where the last session left it, once the queue is in order.
  mutating func resume(in queue: inout Queue) {
    guard let id = session.resumeAt.removeValue(forKey: queue.id), let row = session.rowsByID[id],
      let place = queue.rows.firstIndex(of: row)
    else { return }
    queue.list.cursor = place
    if place > 0, !review.decisions.isEmpty {
      messages.say("welcome back: the queue stands at \(grouped(place + 1)), #\(displayText(id))")
    }
  }

  /// The incident or finding of which a queue held the members.
  private func foundLine(ofRule rule: String) -> FoundLine? {
    material.foundLines(areExpanded: true).first { material.entry($0)?.rule == rule }
  }

  /// A filter or sort that no longer fits the case is left out. A case with fewer decisions is another one of the same
  /// data: where one was in the old one says nothing of it.
  mutating func restore(_ memory: ViewMemory) {
    if let columns = memory.columns { restore(columns) }
    guard review.decisions.count >= memory.decisions else { return }
    var main = views.main
    main.filters = memory.main.filters.compactMap { try? CompiledFilter($0, material: material) }
    if let column = RowColumn.named(memory.main.sortColumn, in: material) {
      main.sort = Sort(column: column, descending: memory.main.descending)
    }
    session.resumeAt[main.id] = memory.main.sample
    session.resume = memory.other
    views.main = main
  }

  /// What to keep for the next session.
  package var memory: ViewMemory {
    let top = views.stack.reversed().lazy.compactMap { place -> Queue? in
      if case .queue(let id) = place { views.queues[id] } else { nil }
    }.first
    return ViewMemory(
      main: remembered(views.main),
      other: top.flatMap { $0.id == 0 ? nil : remembered($0) } ?? session.resume,
      decisions: review.decisions.count, columns: rememberedColumns)
  }

  private func remembered(_ queue: Queue) -> ViewMemory.Queue {
    ViewMemory.Queue(
      rule: queue.rule, filters: queue.filters.map(\.source),
      sortColumn: queue.sort.column.name(in: material),
      descending: queue.sort.descending, sample: queue.currentRow.map { material.report.ids[$0] })
  }
}

import Model
import Review

/// Places under letters.
extension State {
  /// Keeps the screen, its list and the sample under the cursor.
  mutating func setBookmark(_ letter: Character) {
    let queue = bookmarkedQueue
    if let row = (currentQueue ?? topQueue)?.currentRow {
      session.rowsByID[material.report.ids[row]] = Int32(row)
    }
    session.bookmarks[letter] = Bookmark(screen: context.rawValue, queue: queue)
    let what = queue?.sample.map { "#" + displayText($0) } ?? "the screen \(context.rawValue)"
    messages.say("'\(letter) returns to \(what)")
  }

  /// The list of the screen on top, or beneath it where that compares some of its samples.
  private var bookmarkedQueue: ViewMemory.Queue? {
    guard var queue = currentQueue ?? (context == .compare ? topQueue : nil) else { return nil }
    if queue.sort.column == .distance { queue.sort = .bySuspicion }
    return remembered(queue)
  }

  mutating func jump(to letter: Character) -> [Effect] {
    guard let bookmark = session.bookmarks[letter] else {
      messages.say("no bookmark \(letter): m\(letter) sets it", .warning)
      return []
    }
    let context = Context(rawValue: bookmark.screen) ?? .dashboard
    guard let queue = bookmark.queue else {
      return perform(Command(rawValue: context.rawValue) ?? .dashboard, count: nil)
    }
    if isRefusedBlind(queue) { return [] }
    var effects = open(queue)
    guard case .queue(let id) = place, let sample = queue.sample else { return effects }
    effects += putCursor(on: sample, in: id)
    switch context {
    case .review:
      views.review.scrollToTop()
      views.show(.review(id))
    case .sheet: views.show(.sheet(id))
    default: break
    }
    return effects
  }

  /// The list with these samples in this order: one that is open, or a new one.
  private mutating func open(_ memory: ViewMemory.Queue) -> [Effect] {
    func isTheSame(_ queue: Queue) -> Bool {
      var known = remembered(queue)
      known.sample = memory.sample
      return known == memory
    }
    let open = views.queues.values.filter { $0.id == 0 || views.stack.contains(.queue($0.id)) }
    if let known = open.filter(isTheSame).min(by: { $0.id < $1.id }) {
      views.show(.queue(known.id))
      return arrangeIfWaiting(known.id)
    }
    return reopen(memory)
  }

  private mutating func putCursor(on sample: String, in id: Int) -> [Effect] {
    guard let queue = views.queues[id] else { return [] }
    guard queue.phase == .ready else {
      session.resumeAt[id] = Session.ResumePoint(sample: sample, isGreeted: false)
      return []
    }
    guard let place = session.rowsByID[sample].flatMap({ queue.rows.firstIndex(of: $0) }) else {
      messages.say("#\(displayText(sample)) is no longer shown here", .warning)
      return []
    }
    views.queues[id]?.list.cursor = place
    return []
  }
}

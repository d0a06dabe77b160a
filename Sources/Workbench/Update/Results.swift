import Model

/// What long work has brought.
extension State {
  mutating func take(_ result: WorkResult, _ topic: Jobs.Topic) -> [Effect] {
    switch result {
    case .summary(let summary): return takeSummary(summary)
    case .arranged(let arranged):
      guard case .queue(let id) = topic, var queue = views.queues[id] else { return [] }
      let place = queue.currentRow.flatMap { arranged.place(of: $0) }
      queue.rows = arranged.rows
      queue.rangeStart = nil
      queue.phase = .ready
      if let place { queue.list.cursor = place }
      resume(in: &queue)
      queue.list.cursor = queue.list.cursor.clamped(to: 0...max(0, queue.rows.count - 1))
      views.queues[id] = queue
    case .found(let outcome):
      guard let id = session.searchedQueue, let needle = session.needle, let queue = views.queues[id] else {
        return []
      }
      guard let position = outcome.place(in: queue.rows) else {
        let reason = outcome.row == nil ? "not found" : "found, but no longer shown"
        messages.say("\(reason): \(displayText(needle))", .warning)
        return []
      }
      views.queues[id]?.list.cursor = position
      views.review.scrollToTop()
      messages.say(
        outcome.wrapped
          ? "found \(displayText(needle)), after wrapping around" : "found \(displayText(needle))")
    case .distances(let distances):
      guard case .similarity(let id) = topic, views.queues[id] != nil else { return [] }
      views.queues[id]?.distances = distances
      if material.count > Similarity.maxCompared {
        messages.say(
          "compared: the \(grouped(Similarity.maxCompared)) nearest by neighbors and layout; the others come last"
        )
      }
      return arrange(id)
    case .pivot(let pivot): if pivot.request == views.pivot.wanted { views.pivot.pivot = pivot }
    case .bins(let bins): if bins.request == views.histogram.wanted { views.histogram.take(bins) }
    case .raster(let raster):
      let suspicion = material.report.suspicion
      if raster.request == views.scatter.wanted { views.scatter.take(raster) { suspicion[$0] } }
    case .timeline(let timeline):
      if timeline.request == views.timeline.wanted { views.timeline.take(timeline) }
    case .collected(let rows): return takeCollected(rows)
    case .profile(let code, let profile): views.review.take(profile, of: code)
    case .references(let samples): return finishBulk(samples)
    case .compared(let comparison): return takeComparison(comparison)
    case .located(let rows):
      session.rowsByID.merge(rows) { known, _ in known }
      // All that were asked for: what was not found is not in this dataset.
      session.unlocated = []
      mark(Array(rows.keys))
    case .cancelled: break
    }
    return []
  }

  mutating func takeSummary(_ summary: CaseSummary) -> [Effect] {
    self.summary = summary
    session.rowsByID.merge(summary.located) { known, _ in known }
    mark(Array(summary.located.keys))
    if views.main.filters.isEmpty, views.main.sort == .bySuspicion, !session.isBlind {
      var main = views.main
      main.rows = summary.order
      main.phase = .ready
      resume(in: &main)
      views.main = main
    }
    return views.queues.keys.sorted().filter { views.queues[$0]?.phase == .waiting }.flatMap { arrange($0) }
  }
}

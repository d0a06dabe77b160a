import Model

/// The timeline and its brush.
extension State {
  mutating func showTimeline() -> [Effect] {
    guard material.report.times != nil else {
      messages.say("this dataset has no times", .warning)
      return []
    }
    showPlot(.timeline, .timeline)
    return []
  }

  mutating func moveOnTimeline(_ command: Command, _ count: Int?) {
    let last = max(0, (views.timeline.timeline?.count ?? 1) - 1)
    let times = min(count ?? 1, last + 1)
    let groups = views.timeline.timeline?.groups.count ?? 0
    let step = views.timeline.step ?? 0
    switch command {
    case .left: views.timeline.move(by: -times)
    case .right: views.timeline.move(by: times)
    case .first: views.timeline.move(by: min((count ?? 1) - 1, last) - step)
    case .last: views.timeline.move(by: min(count.map { $0 - 1 } ?? last, last) - step)
    case .up: views.timeline.group = max(0, views.timeline.group - min(count ?? 1, groups))
    case .down: views.timeline.group = min(groups, views.timeline.group + min(count ?? 1, groups))
    default: break
    }
  }

  mutating func splitTimeline(_ split: PlotSplit?) {
    views.timeline.split = split
    views.timeline.group = 0
  }

  mutating func zoomTimeline(_ command: Command, _ count: Int) {
    switch command {
    case .zoomIn:
      if !views.timeline.zoomIn() { messages.say("already at the finest scale", .warning) }
    case .zoomOut: views.timeline.zoomOut()
    case .fit: views.timeline.window = nil
    default: views.timeline.isLogarithmic.toggle()
    }
  }

  /// Sets an end of the brush at the cursor.
  mutating func setBrush(isStart: Bool) -> [Effect] {
    guard views.timeline.step != nil else { return stillCounting() }
    views.timeline.setEnd(isStart: isStart)
    return []
  }

  /// Begins a stretch at the cursor, or takes the one that has begun and selects it.
  mutating func brushFromHere() -> [Effect] {
    guard let cursor = views.timeline.cursor else { return stillCounting() }
    guard views.timeline.anchor != nil, let times = views.timeline.chosenTimes else {
      views.timeline.brush = nil
      views.timeline.anchor = cursor
      messages.say("range starts here: move, v selects, Esc cancels")
      return []
    }
    views.timeline.anchor = nil
    views.timeline.brush = times
    return selectInTimeline()
  }

  /// The chosen stretch, of the group under the cursor where there is one; nil before anything is counted.
  package var timeCondition: String? {
    guard let timeline = views.timeline.timeline, let times = views.timeline.chosenTimes else { return nil }
    let condition = Timeline.condition(times)
    let group = views.timeline.group
    guard group > 0 else { return condition }
    guard timeline.groups.indices.contains(group - 1) else { return nil }
    return timeline.groups[group - 1].condition.map { "\($0) and \(condition)" }
  }

  mutating func openFromTimeline() -> [Effect] {
    guard views.timeline.chosen != nil else { return stillCounting() }
    return timeCondition.map { openScoped($0) } ?? noCondition()
  }

  mutating func selectInTimeline() -> [Effect] {
    guard views.timeline.chosen != nil else { return stillCounting() }
    return timeCondition.map { selectScoped($0) } ?? noCondition()
  }

  mutating func wantTimeline() -> [Effect] {
    let view = views.timeline
    let request = TimelineRequest(
      window: view.window, split: view.split, width: Layout(size: size).timelineWidth, stamp: views.stamp)
    guard view.timeline?.request != request, view.wanted != request || !jobs.isWanted(.timeline) else {
      return []
    }
    views.timeline.wanted = request
    return want("counting times", .timeline(request, sampleSet), .timeline)
  }
}

import Model
import Review

extension State {
  /// The screens that have a key of their own.
  mutating func show(_ command: Command) -> [Effect] {
    switch command {
    case .dashboard: views.show(.dashboard)
    case .queue:
      views.show(.queue(0))
      return arrangeIfWaiting(0)
    case .pivot: return showPivot()
    case .sheet: return showSheet()
    case .compare: return compare()
    case .histogram: showPlot(.histogram, .histogram)
    case .scatter: return showScatter()
    case .timeline: return showTimeline()
    case .findings: views.show(.findings)
    case .log:
      if !views.stack.contains(.log) { views.log = ListCursor() }
      views.show(.log)
    default:
      if place != .help { views.helpContext = context }
      views.help = ListCursor()
      views.show(.help)
    }
    return []
  }

  /// Enter: what the cursor is on.
  mutating func open() -> [Effect] {
    switch place {
    case .dashboard: return openFromDashboard()
    case .queue(let id), .sheet(let id):
      guard currentRow != nil else { return nothingHere() }
      views.review.scrollToTop()
      views.show(.review(id))
      return []
    case .histogram: return openAboveCut()
    case .scatter: return openInScatter()
    case .timeline: return openFromTimeline()
    case .findings: return currentFound.map { openFound($0) } ?? nothingHere()
    case .log: return openDecision()
    case .pivot: return openPivot()
    case .review, .compare, .help: return []
    }
  }

  private mutating func openFromDashboard() -> [Effect] {
    let cursor = views.dashboard.list.cursor
    switch views.dashboard.panel {
    case .next:
      let steps = suggestedSteps
      return steps.indices.contains(cursor) ? take(steps[cursor]) : []
    case .incidents:
      let lines = material.foundLines(areExpanded: false)
      return lines.indices.contains(cursor) ? openFound(lines[cursor]) : nothingHere()
    case .labels:
      guard let group = rankedLabels.dropFirst(cursor).first else { return [] }
      return openQueue(where: condition("label", group.name))
    case .sources:
      guard let group = rankedSources.dropFirst(cursor).first else { return [] }
      return openQueue(where: condition("source", group.name))
    case .samples: return openReview(of: summary?.order.dropFirst(cursor).first)
    case .detectors:
      let results = material.report.detectors
      guard results.indices.contains(cursor) else { return [] }
      guard let index = material.detectors.firstIndex(where: { $0.info.name == results[cursor].info.name })
      else {
        if case .skipped(let reason) = results[cursor].outcome {
          messages.say("\(results[cursor].info.name) could not run: \(displayText(reason))", .warning)
        }
        return []
      }
      views.histogram.score = index + 1
      showPlot(.histogram, .histogram)
      return []
    }
  }

  /// The review of one sample within the queue of all.
  private mutating func openReview(of row: Int32?) -> [Effect] {
    guard let row else { return nothingHere() }
    let effects = show(.queue)
    guard let place = views.main.rows.firstIndex(of: row) else {
      messages.say(
        "#\(name(Int(row))) is not shown by the queue's conditions: g& takes the last off", .warning)
      return effects
    }
    views.queues[0]?.list.cursor = place
    views.review.scrollToTop()
    views.show(.review(0))
    return effects
  }

  mutating func take(_ step: SuggestedStep) -> [Effect] {
    switch step.target {
    case .queue: return show(.queue)
    case .found(let line, let condition): return openFound(line, where: condition)
    case .resume: return resumeQueue()
    case .filter(let condition): return openQueue(where: condition)
    }
  }

  /// The members of an incident or of a finding as a queue of its own.
  /// - Parameter condition: must hold for those that are shown.
  mutating func openFound(_ line: FoundLine, where condition: String? = nil) -> [Effect] {
    guard let entry = material.entry(line) else { return nothingHere() }
    let rows = ContiguousArray(entry.members.filter { $0 >= 0 && $0 < material.count })
    return openQueue(
      title: displayText(entry.id), base: rows, rule: entry.rule, of: FoundGroup(entry), where: condition)
  }

  private mutating func openDecision() -> [Effect] {
    loggedDecision.map { openSamples(of: $0) } ?? nothingHere()
  }

  mutating func openSamples(of decision: Decision, where condition: String? = nil) -> [Effect] {
    // A script may have named a sample twice.
    let rows = ContiguousArray(Set(decision.samples.compactMap { session.rowsByID[$0.id] }).sorted())
    guard !rows.isEmpty else {
      messages.say("none of its samples is in this dataset", .warning)
      return []
    }
    return openQueue(
      title: "log \(decision.sequence)", base: rows, rule: "decision \(decision.sequence)",
      where: condition)
  }

  mutating func openQueue(
    title: String, base: ContiguousArray<Int32>?, rule: String?, of group: FoundGroup? = nil,
    where condition: String? = nil, and others: [CompiledFilter] = []
  ) -> [Effect] {
    do {
      let filters = try condition.map { condition throws(FilterError) in
        [try CompiledFilter(condition, material: material)]
      }
      let id = views.addQueue(title: title, base: base, rule: rule, of: group)
      views.queues[id]?.filters = others + (filters ?? [])
      views.show(.queue(id))
      return arrange(id)
    } catch {
      messages.say(error.message, .error)
      return []
    }
  }

  /// All samples for which a condition holds, as a queue of its own.
  mutating func openQueue(where condition: String) -> [Effect] {
    openQueue(title: displayText(condition), base: nil, rule: nil, where: condition)
  }

  /// `column = value` with the value quoted where it must be.
  func condition(_ column: String, _ value: String) -> String {
    "\(conditionWord(column)) = \(conditionWord(value))"
  }

  mutating func stillCounting() -> [Effect] {
    messages.say("the samples are still being counted", .warning)
    return []
  }

  mutating func changePlot(_ command: Command, count: Int) -> [Effect] {
    views.isPlotStopped = false
    if case .sheet = place { return zoomSheet(command, count) }
    switch place {
    case .scatter: zoomScatter(command, count)
    case .timeline: zoomTimeline(command, count)
    default: zoomHistogram(command, count)
    }
    return []
  }
}

import Model

/// Conditions on a queue or a plot.
extension State {
  mutating func filter(_ argument: String) -> [Effect] {
    let text = argument.trimmed
    guard !text.isEmpty else {
      prompt = .line(LinePrompt(.filter))
      return []
    }
    do {
      return apply(try CompiledFilter(text, material: material))
    } catch {
      var line = LinePrompt(.filter, text: text)
      line.error = error
      prompt = .line(line)
      return []
    }
  }

  mutating func apply(_ filter: CompiledFilter) -> [Effect] {
    guard !isRefusedBlind(filter.test.asksForScores) else { return [] }
    guard let queue = currentQueue else {
      restrictPlot(filter)
      return []
    }
    views.queues[queue.id]?.filters.append(filter)
    return arrange(queue.id)
  }

  mutating func clearFilters() -> [Effect] {
    guard let queue = currentQueue else {
      widenPlot(toAll: true)
      return []
    }
    guard !queue.filters.isEmpty else { return [] }
    views.queues[queue.id]?.filters = []
    return arrange(queue.id)
  }

  mutating func popFilter() -> [Effect] {
    guard let queue = currentQueue else {
      widenPlot(toAll: false)
      return []
    }
    guard let last = queue.filters.last else {
      messages.say("no condition to remove", .warning)
      return []
    }
    views.queues[queue.id]?.filters.removeLast()
    messages.say("removed: \(displayText(last.source))")
    return arrange(queue.id)
  }
}

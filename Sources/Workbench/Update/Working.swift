import Model
import Review

/// Long work that is asked for and stopped.
extension State {
  mutating func wantSummary() -> [Effect] {
    let resumed =
      session.resumeAt.values.map(\.sample) + [session.resume?.sample].compactMap { $0 }
      + session.bookmarks.values.compactMap { $0.queue?.sample }
    let ids = review.decisions.flatMap { $0.samples.map(\.id) } + resumed
    return want("summarizing the case", .summary(locating: ids), .summary)
  }

  mutating func want(_ title: String, _ task: WorkRequest.Task, _ topic: Jobs.Topic) -> [Effect] {
    jobs.want(WorkRequest(title: title, task: task), topic)
  }

  mutating func cancelJobs() -> [Effect] {
    let topics = jobs.cancelAll()
    guard !topics.isEmpty else {
      messages.say("no job is running; gq quits", .warning)
      return []
    }
    for topic in topics {
      switch topic {
      case .queue(let id), .similarity(let id): views.queues[id]?.phase = .stopped
      case .references: session.bulk = nil
      case .bins, .raster, .timeline, .pivot: views.isPlotStopped = true
      case .collect: collecting = nil
      case .profile(let code): views.review.take(.unknown, of: code)
      case .summary, .search, .locate: break
      case .comparison: dropComparison()
      }
    }
    messages.say("stopped", .warning)
    // Nobody asked for this one, and without it the marks would not be what the journal says.
    return [.cancelWork] + (topics.contains(.locate) ? locateOthers() : [])
  }
}

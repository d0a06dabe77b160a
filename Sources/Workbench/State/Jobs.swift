/// Long work that is wanted. One request is out at a time; the newest of a topic takes the place of the older.
package struct Jobs: Sendable {
  enum Topic: Sendable, Hashable {
    case summary, queue(Int), similarity(Int), search, pivot, bins, raster, timeline, collect, profile(Int32)
    case references, locate, comparison

    /// What a person looks at does not wait for it.
    var isAside: Bool { if case .profile = self { true } else { false } }
  }
  struct Job: Sendable {
    var topic: Topic
    var request: WorkRequest
  }
  private(set) var running: Job?
  private(set) var waiting: [Job] = []
  private(set) var generation = 0

  /// How much of what runs is done, from 0 to 1, where that is known.
  private var progress: Double?

  /// What the status line says is running, nil for nothing.
  package var title: String? {
    guard let title = running?.request.title else { return nil }
    return progress.map { "\(title) \(Int(100 * $0)) %" } ?? title
  }

  /// Of the job that runs.
  mutating func take(progress: Double) { self.progress = running == nil ? nil : progress.clamped(to: 0...1) }

  func isWanted(_ topic: Topic) -> Bool {
    running?.topic == topic || waiting.contains { $0.topic == topic }
  }

  /// What stands aside gives way to all else, and of it only what is wanted last: it is asked for again when it is seen again.
  mutating func want(_ request: WorkRequest, _ topic: Topic) -> [Effect] {
    let job = Job(topic: topic, request: request)
    waiting.removeAll { $0.topic == topic || $0.topic.isAside && topic.isAside }
    if let running, running.topic != topic {
      if running.topic.isAside, !topic.isAside {
        waiting.append(running)
        return start(job)
      }
      waiting.insert(
        job, at: topic.isAside ? waiting.count : waiting.firstIndex { $0.topic.isAside } ?? waiting.count)
      return []
    }
    return start(job)
  }

  /// The topic that the result belongs to, nil for one that is no longer wanted.
  mutating func finish(_ finished: Int) -> Topic? {
    guard finished == generation, let running else { return nil }
    self.running = nil
    return running.topic
  }

  /// To be called once a result has been taken in.
  mutating func startNext() -> [Effect] {
    guard running == nil, !waiting.isEmpty else { return [] }
    return start(waiting.removeFirst())
  }

  /// Stops what runs and forgets what waits; returns their topics.
  mutating func cancelAll() -> [Topic] {
    let topics = ([running].compactMap { $0 } + waiting).map(\.topic)
    running = nil
    waiting = []
    generation += 1
    return topics
  }

  private mutating func start(_ job: Job) -> [Effect] {
    generation += 1
    running = job
    progress = nil
    return [.work(generation: generation, job.request)]
  }
}

/// Long work that is wanted. One request is out at a time; the newest of a topic takes the place of the older.
package struct Jobs: Sendable {
  enum Topic: Sendable, Hashable {
    case summary, queue(Int), similarity(Int), search, pivot, bins, raster, timeline, collect, profile(Int32)
    case references, locate, comparison
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

  mutating func want(_ request: WorkRequest, _ topic: Topic) -> [Effect] {
    waiting.removeAll { $0.topic == topic }
    if let running, running.topic != topic {
      waiting.append(Job(topic: topic, request: request))
      return []
    }
    return start(Job(topic: topic, request: request))
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

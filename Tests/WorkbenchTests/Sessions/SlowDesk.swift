import Review
import Screen
import TestSupport
import Workbench

/// A session whose work is answered when the test says so.
struct SlowDesk {
  let samples: CaseSamples
  var state: State
  /// What screens wait for is given once the test says so.
  var readsSlowly = false
  /// What screens wait for.
  private(set) var reads: [SampleNeeds] = []
  /// Work that was asked for and not answered yet, in order.
  private(set) var work: [(generation: Int, request: WorkRequest)] = []
  private(set) var others: [Effect] = []
  private(set) var now = Desk.morning

  init(_ kind: MadeUpCase = .images, after decisions: [Decision] = []) {
    self.init(kind.samples(), after: decisions)
  }

  init(_ samples: CaseSamples, after decisions: [Decision] = []) {
    self.samples = samples
    state = State(
      material: samples.material, review: ReviewState(decisions), reviewer: "ada", capabilities: .full,
      size: Desk.standardSize)
    send(.started(at: now))
  }

  mutating func send(_ action: Action) {
    for effect in update(&state, action) {
      switch effect {
      case .work(let generation, let request): work.append((generation, request))
      case .read(let needs) where readsSlowly: reads.append(needs)
      case .read(let needs): send(.samplesRead(samples.values(of: needs)))
      case .identify(let row): send(.identified(samples.reference(to: row)))
      default: others.append(effect)
      }
    }
  }

  mutating func press(_ keys: String) {
    for key in KeyNames.sequence(keys) {
      now += 100
      send(.key(key, at: now))
    }
  }

  /// Answers the oldest request.
  mutating func answer() {
    guard !work.isEmpty else { return }
    let (generation, request) = work.removeFirst()
    send(.workDone(generation: generation, request.run(on: samples, isCancelled: { false })))
  }

  /// The decision that waits to be saved, with the number that it gets.
  mutating func takeAppend() -> Decision? {
    guard let place = others.lastIndex(where: { if case .append = $0 { true } else { false } }),
      case .append(var decision) = others.remove(at: place)
    else { return nil }
    decision.sequence = UInt64(state.review.decisions.count + 1)
    return decision
  }

  /// The same where there must be one.
  mutating func takeSaved() -> Decision { takeAppend() ?? .made(on: [], .verdict(.unsure)) }

  /// Whether the next key of a macro has been asked for.
  mutating func takeNextKey() -> Bool {
    guard let place = others.lastIndex(where: { if case .nextKey = $0 { true } else { false } }) else {
      return false
    }
    others.remove(at: place)
    return true
  }

  /// Gives what the oldest of the screens that wait shows.
  mutating func read() {
    guard !reads.isEmpty else { return }
    send(.samplesRead(samples.values(of: reads.removeFirst())))
  }

  mutating func answerAll() { while !work.isEmpty { answer() } }
  mutating func takeEffects() -> [Effect] {
    defer { others = [] }
    return others
  }
}

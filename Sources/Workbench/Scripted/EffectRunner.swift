import Review

/// Carries out what `update` asks for, each effect in one method: `TerminalSession` in a terminal; in a script what a
/// `ScriptedSession` is given, which may leave out what means something to a terminal only.
package protocol EffectRunner {
  var samples: CaseSamples { get }
  /// What the screen shows of samples.
  func read(_ needs: SampleNeeds) -> Action?
  func append(_ decision: Decision) -> Action?
  func work(_ request: WorkRequest, generation: Int) -> Action?
  func cancelWork()
  func trust() -> Action?
  func export(_ format: String, to path: String) -> Action?
  func copy(_ text: String, isQuoted: Bool) -> Action?
  /// Reads the journals beside one's own again where they have grown.
  func readBeside() -> Action?
  /// Writes what was typed in the session.
  func write(_ transcript: Transcript, to path: String) -> Action?
  /// Names that complete a path.
  func completePath(_ path: String) -> Action?
  /// The next key of a macro, once the screen has been painted.
  func nextKey() -> Action?
  /// The answer comes once no key has come for a moment.
  func awaitRest() -> Action?
  func saveView(_ memory: ViewMemory)
  func redraw()
  func suspend()
}

extension EffectRunner {
  /// On the spot.
  package func read(_ needs: SampleNeeds) -> Action? { .samplesRead(samples.values(of: needs)) }
  /// On the spot.
  package func work(_ request: WorkRequest, generation: Int) -> Action? {
    .workDone(generation: generation, request.run(on: samples, isCancelled: { false }))
  }
  package func cancelWork() {}
  package func readBeside() -> Action? { nil }
  package func completePath(_ path: String) -> Action? { nil }
  package func nextKey() -> Action? { .nextKey }
  package func awaitRest() -> Action? { .rested }
  package func saveView(_ memory: ViewMemory) {}
  package func redraw() {}
  package func suspend() {}

  /// Takes an action in and carries out what follows from it, in order.
  package func send(_ action: Action, to state: inout State) {
    var work = HeldWork()
    send(action, to: &state, work: &work)
  }

  /// - Parameter work: keeps back what shall be answered later.
  func send(_ action: Action, to state: inout State, work: inout HeldWork) {
    var waiting = [action]
    while !waiting.isEmpty {
      for effect in update(&state, waiting.removeFirst()) where !work.keepsBack(effect) {
        if let answer = run(effect) { waiting.append(answer) }
      }
    }
  }

  private func run(_ effect: Effect) -> Action? {
    switch effect {
    case .readBeside: return readBeside()
    case .transcript(let transcript, let path): return write(transcript, to: path)
    case .completePath(let path): return completePath(path)
    case .nextKey: return nextKey()
    case .awaitRest: return awaitRest()
    case .read(let needs): return read(needs)
    case .identify(let row): return .identified(samples.reference(to: row))
    case .append(let decision): return append(decision)
    case .work(let generation, let request): return work(request, generation: generation)
    case .cancelWork: cancelWork()
    case .trust: return trust()
    case .export(let format, let path): return export(format, to: path)
    case .copy(let text, let isQuoted): return copy(text, isQuoted: isQuoted)
    case .saveView(let memory): saveView(memory)
    case .redraw: redraw()
    case .suspend: suspend()
    }
    return nil
  }
}

/// Long work that a script answers when it says so.
struct HeldWork {
  var isHolding = false
  private var request: (generation: Int, request: WorkRequest)?

  init(isHolding: Bool = false) { self.isHolding = isHolding }

  mutating func keepsBack(_ effect: Effect) -> Bool {
    guard isHolding else { return false }
    switch effect {
    case .work(let generation, let request): self.request = (generation, request)
    case .cancelWork: request = nil
    default: return false
    }
    return true
  }

  /// The newest alone is wanted.
  mutating func take() -> (generation: Int, request: WorkRequest)? {
    defer { request = nil }
    return request
  }
}

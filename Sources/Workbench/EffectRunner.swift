import Review

/// Carries out what `update` asks for, each effect in one method: `TerminalSession` in a terminal; in a script what a
/// `ScriptedSession` is given, which may leave out what means something to a terminal only.
package protocol EffectRunner {
  func append(_ decision: Decision) -> Action?
  func work(_ request: WorkRequest, generation: Int) -> Action?
  func cancelWork()
  func trust() -> Action?
  func export(_ format: String, to path: String) -> Action?
  func copy(_ text: String, isQuoted: Bool) -> Action?
  func saveView(_ memory: ViewMemory)
  func redraw()
  func suspend()
}

extension EffectRunner {
  /// On the spot.
  package func work(_ request: WorkRequest, generation: Int) -> Action? {
    .workDone(generation: generation, request.run(isCancelled: { false }))
  }
  package func cancelWork() {}
  package func saveView(_ memory: ViewMemory) {}
  package func redraw() {}
  package func suspend() {}

  /// Takes an action in and carries out what follows from it, in order.
  package func send(_ action: Action, to state: inout State) {
    var waiting = [action]
    while !waiting.isEmpty {
      for effect in update(&state, waiting.removeFirst()) {
        if let answer = run(effect) { waiting.append(answer) }
      }
    }
  }

  private func run(_ effect: Effect) -> Action? {
    switch effect {
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

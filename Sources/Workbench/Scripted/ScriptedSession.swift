import Screen

/// Runs keys from a script through the same `update` and `view` as the terminal does. No frame is reported as painted,
/// so no key is too fast.
package struct ScriptedSession {
  package private(set) var state: State
  private var now: Int64
  private let runner: any EffectRunner
  private var work: HeldWork

  package struct Screenshot: Sendable {
    /// As the script names it; may be empty.
    package let name: String
    package let grid: Grid
  }

  /// - Parameters:
  ///   - start: milliseconds since 1970 at which the first key arrives.
  ///   - runner: does what the effects ask.
  ///   - isHeld: long work is not answered before the script says so.
  package init(state: State, start: Int64, runner: any EffectRunner, isHeld: Bool = false) {
    self.state = state
    work = HeldWork(isHolding: isHeld)
    now = start
    self.runner = runner
    send(.started(at: start))
  }

  /// Runs a whole script and returns the screens that it asked for.
  package mutating func run(_ script: KeyScript) -> [Screenshot] {
    var screens: [Screenshot] = []
    for (_, step) in script.steps {
      switch step {
      case .keys(let keys): press(keys)
      case .screen(let name): screens.append(screenshot(named: name))
      case .resize(let size): send(.resized(size))
      case .wait(let milliseconds): now += milliseconds
      case .paste(let text): send(.paste(text))
      case .resume: break
      case .hold: work.isHolding = true
      case .answer: answer()
      case .release:
        work.isHolding = false
        answer()
      }
    }
    return screens
  }

  package mutating func press(_ keys: [Key]) {
    for key in keys where !state.hasQuit {
      now += 100
      send(.key(key, at: now))
    }
  }

  /// Keys as `KeyScript` writes them.
  package mutating func press(_ keys: String) { press(KeyNames.sequence(keys)) }

  /// Takes an action in and carries out what follows from it.
  package mutating func send(_ action: Action) { runner.send(action, to: &state, work: &work) }

  /// Answers the work that waits.
  private mutating func answer() {
    guard let (generation, request) = work.take() else { return }
    if let action = runner.work(request, generation: generation) { send(action) }
  }

  package func screenshot(named name: String) -> Screenshot { Screenshot(name: name, grid: frame()) }

  /// The screen as it is now.
  package func frame() -> Grid {
    // Filled with a mark, so that a cell that no view paints is seen.
    var grid = Grid(height: state.size.height, width: state.size.width, filledWith: GridCell("x"))
    view(state, into: &grid)
    return grid
  }
}

import Review
import Screen

/// Runs keys from a script through the same `update` and `view` as the terminal does. Work is done on the spot;
/// what the outside is to do is done by closures. No frame is reported as painted, so no key is too fast.
package struct ScriptedSession {
  package private(set) var state: State
  /// Set by the first `Effect.quit`; keys after it do nothing.
  package private(set) var hasQuit = false
  private var now: Int64
  private let perform: (Effect) -> Action?

  package struct Screenshot: Sendable {
    /// As the script names it; may be empty.
    package let name: String
    package let grid: Grid
  }

  /// - Parameters:
  ///   - start: milliseconds since 1970 at which the first key arrives.
  ///   - perform: does what the effects ask (append, export, copy, …) and may answer with an action. Work and
  ///     quitting never come here.
  package init(state: State, start: Int64, perform: @escaping (Effect) -> Action?) {
    self.state = state
    now = start
    self.perform = perform
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
      }
    }
    return screens
  }

  package mutating func press(_ keys: [Key]) {
    for key in keys where !hasQuit {
      now += 100
      send(.key(key, at: now))
    }
  }

  /// Keys as `KeyScript` writes them.
  package mutating func press(_ keys: String) { press(KeyNames.sequence(keys)) }

  /// Takes an action in and carries out what follows from it.
  package mutating func send(_ action: Action) {
    var waiting = [action]
    while !waiting.isEmpty {
      for effect in update(&state, waiting.removeFirst()) {
        switch effect {
        case .work(let generation, let request):
          waiting.append(.workDone(generation: generation, request.run(isCancelled: { false })))
        case .quit: hasQuit = true
        default: if let answer = perform(effect) { waiting.append(answer) }
        }
      }
    }
  }

  package func screenshot(named name: String) -> Screenshot { Screenshot(name: name, grid: frame()) }

  /// The screen as it is now.
  package func frame() -> Grid {
    // Filled with a mark, so that a cell that no view paints is seen.
    var grid = Grid(height: state.size.height, width: state.size.width, filledWith: Cell("x"))
    view(state, into: &grid)
    return grid
  }
}

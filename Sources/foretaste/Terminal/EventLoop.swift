import CursesDriver
import Foundation
import Screen
import Workbench

/// Waits for keys, signals and results, feeds them to `update`, and paints what `view` draws. The main thread owns
/// the state and the terminal.
struct EventLoop {
  let terminal: CursesTerminal
  let effects: EffectRunner
  let trace: TraceLog?

  func run(_ state: inout State) throws {
    var isDone = false
    func feed(_ action: Action) {
      for effect in update(&state, action) { perform(effect) }
    }
    func perform(_ effect: Effect) {
      switch effect {
      case .quit: isDone = true
      case .suspend: terminal.suspend()
      case .copy(let text): terminal.copyToClipboard(text)
      default: break
      }
      for action in effects.perform(effect) { feed(action) }
    }
    func paint() {
      var grid = Grid(height: terminal.size.height, width: terminal.size.width)
      view(state, into: &grid)
      terminal.present(grid)
      feed(.painted(at: effects.milliseconds()))
    }

    feed(.resized(height: terminal.size.height, width: terminal.size.width))
    feed(.started(at: effects.milliseconds()))
    paint()
    while !isDone {
      let events = terminal.poll(wake: effects.worker.wakeDescriptor, timeoutMilliseconds: 1000)
      let arrived = ContinuousClock.now
      var key: Key?
      for event in events where !isDone {
        switch event {
        case .key(let pressed):
          key = pressed
          feed(.key(pressed, at: effects.milliseconds()))
        case .paste(let text): feed(.paste(text))
        case .resized: feed(.resized(height: terminal.size.height, width: terminal.size.width))
        case .wake: for done in effects.worker.takeResults() { feed(.workDone(done.generation, done.result)) }
        case .terminated(let signal):
          terminal.close()
          throw Failure(
            128 + signal, "ended by signal \(signal); every decision shown as saved is in the journal")
        }
      }
      feed(.tick(at: effects.milliseconds()))
      if !isDone { paint() }
      if let key, let trace {
        trace.record(
          key: "\(key)", screen: state.screenName, milliseconds: arrived.duration(to: .now).seconds * 1000)
      }
    }
  }
}

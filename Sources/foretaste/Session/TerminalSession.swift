import CursesDriver
import Foundation
import Screen
import Workbench

/// A session in a terminal: the main thread owns the state and the screen and sleeps in `poll`; long work runs
/// beside it.
final class TerminalSession {
  private let session: ReviewSession
  private let terminal: CursesTerminal
  private let worker = Worker()
  private let clock = SessionClock()
  private let trace: TraceLog?
  private var state: State
  private var hasQuit = false

  init(_ session: ReviewSession, display: DisplayArguments, tracePath: String?) throws {
    self.session = session
    trace = try tracePath.map { try TraceLog(path: $0) }
    terminal = try CursesTerminal.open(display.terminalOptions)
    if session.userState.prepare() {
      try terminal.redirectStandardError(to: session.userState.errorLogPath)
    }
    state = session.state(
      capabilities: terminal.capabilities, background: display.theme,
      size: ScreenSize(height: terminal.size.height, width: terminal.size.width),
      memory: session.userState.viewMemory(of: session.material.report.facts.digest))
  }

  /// Until the person quits or a signal ends it; the terminal is given back either way.
  /// - Throws: `Interrupted` after a signal; `Failure` where a decision is not saved.
  func run() throws {
    let signal = try loop()
    try session.end(interrupted: signal.map { Interrupted(signal: $0, hasPending: state.session.isSaving) })
  }

  /// - Returns: the signal that ended it, nil where the person quit.
  private func loop() throws -> Int32? {
    defer {
      worker.close()
      terminal.close()
    }
    send(.started(at: clock.now()))
    for notice in session.journal.notices { send(.notice(notice, isError: true)) }
    present()
    while !hasQuit {
      let events = terminal.poll(wake: worker.wakeDescriptor)
      let arrived = ContinuousClock.now
      var keys: [Key] = []
      for event in events where !hasQuit {
        if case .key(let key) = event { keys.append(key) }
        if let signal = take(event) { return signal }
      }
      guard !events.isEmpty, !hasQuit else { continue }
      present()
      guard let trace else { continue }
      let milliseconds = arrived.duration(to: .now).seconds * 1000
      for key in keys {
        trace.record(key: KeyNames.text(key), screen: state.context.rawValue, milliseconds: milliseconds)
      }
    }
    return nil
  }

  /// - Returns: the signal that ends the session, if the event is one.
  private func take(_ event: TerminalEvent) -> Int32? {
    switch event {
    case .key(let key): send(.key(key, at: clock.now()))
    case .paste(let text): send(.paste(text))
    case .resized: send(.resized(ScreenSize(height: terminal.size.height, width: terminal.size.width)))
    case .wake:
      for answer in worker.takeAnswers() { send(answer) }
    case .terminated(let signal):
      session.userState.save(state.memory, of: session.material.report.facts.digest)
      return signal
    }
    return nil
  }

  /// Takes an action in and carries out what follows from it, in order.
  private func send(_ action: Action) {
    var waiting = [action]
    while !waiting.isEmpty {
      for effect in update(&state, waiting.removeFirst()) {
        if let answer = carryOut(effect) { waiting.append(answer) }
      }
    }
  }

  private func carryOut(_ effect: Effect) -> Action? {
    switch effect {
    case .work(let generation, let request): worker.submit(request, generation: generation)
    case .cancelWork: worker.cancel()
    case .saveView(let memory): session.userState.save(memory, of: session.material.report.facts.digest)
    case .redraw: terminal.invalidate()
    case .suspend: terminal.suspend()
    case .quit: hasQuit = true
    case .copy(let text, _):
      _ = terminal.copyToClipboard(text)
      return session.perform(effect)
    case .export(let format, let path): worker.run(session.exporting(format, path))
    case .append, .trust: return session.perform(effect)
    }
    return nil
  }

  private func present() {
    var grid = Grid(height: state.size.height, width: state.size.width)
    view(state, into: &grid)
    terminal.present(grid)
    send(.painted(at: clock.now()))
  }
}

/// A signal ended the session.
struct Interrupted: Error {
  let signal: Int32
  /// A decision for many samples was still being prepared.
  let hasPending: Bool
  /// As a shell names it.
  var status: Int32 { 128 + signal }
}

import CaseFiles
import CursesDriver
import Foundation
import Review
import Screen
import Workbench

/// A session in a terminal: the main thread owns the state and the screen and sleeps in `poll`; long work runs
/// beside it.
final class TerminalSession {
  private let session: ReviewSession
  private let terminal: CursesTerminal
  private let worker: Worker
  private let clock = SessionClock()
  private let trace: TraceLog?
  private var state: State
  /// When the cursor will have rested; nil while nothing waits for that.
  private var restsAt: ContinuousClock.Instant?
  /// Longer than a held key takes to repeat.
  private static let rest = Duration.milliseconds(90)
  /// A frame waits so long for samples that are slow to read.
  private static let patience = Duration.milliseconds(100)
  private static let readTogether = 16

  init(_ session: ReviewSession, display: DisplayArguments, tracePath: String?) throws {
    self.session = session
    worker = Worker(session.samples)
    trace = try tracePath.map { try TraceLog(path: $0) }
    terminal = try CursesTerminal.open(display.terminalOptions)
    if session.userState.prepare() {
      try terminal.redirectStandardError(to: session.userState.errorLogPath)
    }
    state = session.state(
      capabilities: terminal.capabilities, background: display.theme,
      size: ScreenSize(height: terminal.size.height, width: terminal.size.width),
      memory: session.userState.viewMemory(of: session.samples.material.report.facts.digest))
  }

  /// Until the person quits and what was asked for is written, or a signal ends it at once; the terminal is given back either
  /// way.
  /// - Throws: `Interrupted` after a signal; `Failure` where a decision is not saved.
  func run() throws {
    let signal = loop() ?? waitForJobs()
    let unwritten = signal == nil ? [] : UnfinishedExports.abandon()
    worker.close()
    terminal.close()
    try session.end(
      interrupted: signal.map {
        Interrupted(signal: $0, hasPending: state.session.isSaving, unwritten: unwritten)
      })
  }

  /// An export that was asked for is finished, and other work that nothing supersedes.
  /// - Returns: the signal that no longer lets it.
  private func waitForJobs() -> Int32? {
    while worker.hasJobs {
      for event in terminal.poll(wake: worker.wakeDescriptor, timeout: 50) {
        if case .terminated(let signal) = event { return signal }
      }
      _ = worker.takeAnswers()
    }
    return nil
  }

  /// - Returns: the signal that ended it, nil where the person quit.
  private func loop() -> Int32? {
    send(.started(at: clock.now()))
    if !session.beside.current.isEmpty {
      worker.watch(everyMilliseconds: 1000) { [beside = session.beside] in
        beside.read().map { .besideRead($0) }
      }
    }
    if session.samples.material.report.facts.modality == .tabular {
      worker.watch(everyMilliseconds: 250) { [columns = session.samples.columns] in
        columns.progress.map { .progressed($0) }
      }
    }
    for notice in session.journal.notices { send(.notice(notice, isError: true)) }
    present()
    while !state.hasQuit {
      let events = terminal.poll(wake: worker.wakeDescriptor, timeout: millisecondsToRest)
      let arrived = ContinuousClock.now
      var keys: [Key] = []
      for event in events where !state.hasQuit {
        if case .key(let key) = event { keys.append(key) }
        if let signal = take(event) { return signal }
      }
      guard !state.hasQuit else { continue }
      let hasRested = restsAt.map { $0 <= .now } ?? false
      if hasRested {
        restsAt = nil
        send(.rested)
      }
      guard !events.isEmpty || hasRested else { continue }
      present()
      guard let trace else { continue }
      let milliseconds = arrived.duration(to: .now).seconds * 1000
      for key in keys {
        trace.record(key: KeyNames.text(key), screen: state.context.rawValue, milliseconds: milliseconds)
      }
    }
    return nil
  }

  private var millisecondsToRest: Int? {
    restsAt.map { Int((ContinuousClock.now.duration(to: $0).seconds * 1000).rounded(.up)) }
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
      saveView(state.memory)
      return signal
    }
    return nil
  }

  private func send(_ action: Action) { send(action, to: &state) }

  private func present() {
    var grid = Grid(height: state.size.height, width: state.size.width)
    view(state, into: &grid)
    terminal.present(grid)
    send(.painted(at: clock.now()))
  }
}

extension TerminalSession: EffectRunner {
  var samples: CaseSamples { session.samples }

  /// What takes longer comes later, and the screen shows meanwhile what there is.
  func read(_ needs: SampleNeeds) -> Action? {
    let limit = ContinuousClock.now + Self.patience
    var (values, left) = (SampleValues(), needs)
    while !left.isEmpty, .now < limit { values.add(samples.values(of: left.removeFirst(Self.readTogether))) }
    if !left.isEmpty { worker.run { [samples, left] in .samplesRead(samples.values(of: left)) } }
    return .samplesRead(values)
  }

  func append(_ decision: Decision) -> Action? { session.append(decision) }
  func trust() -> Action? { session.trust() }
  func cancelWork() { worker.cancel() }
  func redraw() { terminal.invalidate() }
  func suspend() { terminal.suspend() }
  func saveView(_ memory: ViewMemory) {
    session.userState.save(memory, of: session.samples.material.report.facts.digest)
  }

  func work(_ request: WorkRequest, generation: Int) -> Action? {
    worker.submit(request, generation: generation)
    return nil
  }

  func export(_ format: String, to path: String) -> Action? {
    worker.run(session.exporting(format, to: path))
    return nil
  }

  func write(_ transcript: Transcript, to path: String) -> Action? { session.write(transcript, to: path) }

  func readBeside() -> Action? {
    worker.run { [beside = session.beside] in
      _ = beside.read()
      return .besideRead(beside.current)
    }
    return nil
  }

  func completePath(_ path: String) -> Action? {
    worker.run { .pathCompleted(path, ReviewSession.names(completing: path)) }
    return nil
  }

  /// By way of the worker's answers, so that a frame is painted and keys are seen between two keys of a macro.
  func nextKey() -> Action? {
    worker.post(.nextKey)
    return nil
  }

  func awaitRest() -> Action? {
    restsAt = .now + Self.rest
    return nil
  }

  func copy(_ text: String, isQuoted: Bool) -> Action? {
    _ = terminal.copyToClipboard(text)
    return session.copy(text, isQuoted: isQuoted)
  }
}

/// A signal ended the session.
struct Interrupted: Error {
  let signal: Int32
  /// A decision for many samples was still being prepared.
  let hasPending: Bool
  /// Where exports would have come.
  let unwritten: [String]
  /// As a shell names it.
  var status: Int32 { 128 + signal }
}

import Analysis
import CaseFiles
import CursesDriver
import Foundation
import Model
import Review
import Screen
import Workbench

/// One sitting at the workbench: puts the state together, opens the terminal, runs the event loop, closes both.
struct WorkbenchSession {
  let opened: OpenedCase
  let dataset: DatasetArguments
  let journal: JournalArguments
  var readOnly = false
  var tracePath: String?

  func run() throws {
    let effects = try EffectRunner(
      opened: opened, dataset: dataset, journal: journal, readOnly: readOnly)
    let trace = try tracePath.map { try TraceLog(path: $0) }
    let terminal = try openTerminal()
    defer { terminal.close() }
    var state = try effects.initialState(capabilities: terminal.capabilities)
    try EventLoop(terminal: terminal, effects: effects, trace: trace).run(&state)
  }

  private func openTerminal() throws -> CursesTerminal {
    do {
      return try CursesTerminal.open()
    } catch {
      throw Failure(ExitStatus.ioError, "\(error)")
    }
  }
}

import ArgumentParser
import Foundation
import Model
import Screen
import Workbench

struct PlayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "Run keys from a file and print the screens that it asks for.",
    discussion: """
      A line of the script is keys as they are typed, with names in angle brackets (Q, 3j, &label = cat<Enter>), \
      or one of :screen NAME, :size WxH, :wait MILLISECONDS, or a comment after #. What :write transcript FILE leaves \
      of a session is such a script. Decisions go to the journal as in the \
      workbench. Where the script asks for no screen the last one is printed.
      """)

  @Argument(help: "The script; '-' reads it from standard input.", completion: .file()) var script: String
  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments
  @OptionGroup var others: BesideArguments
  @OptionGroup var display: DisplayArguments
  @Option(help: "Columns and rows of the screen.") var size = ScreenSize(height: 24, width: 80)
  @Flag(help: "Read only: take no decisions.") var readOnly = false
  @Flag(help: "Print the styles of the cells too.") var styles = false

  mutating func run() throws {
    Signals.endOnInterrupt()
    let script = try readScript()
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    let session = try ReviewSession(
      opened: opened, dataset: dataset, journal: journal, others: others, readOnly: readOnly)
    let capabilities = Capabilities(unicode: !display.ascii, colors: display.noColor ? .none : .many)
    var played = ScriptedSession(
      state: session.state(
        capabilities: capabilities, background: display.theme, size: size, memory: try memory(of: script)),
      start: SessionClock().now(), runner: session, isHeld: script.beginsHeld)
    for notice in session.journal.notices { played.send(.notice(notice, isError: true)) }
    var screens = played.run(script)
    if screens.isEmpty { screens = [played.screenshot(named: "")] }
    for screen in screens {
      if !screen.name.isEmpty { try StandardOutput.write("== \(displayText(screen.name))\n") }
      try StandardOutput.write(styles ? screen.grid.snapshot() : screen.grid.text() + "\n")
    }
    try session.end()
  }

  /// Where the session before the one that is played stopped.
  private func memory(of played: KeyScript) throws -> ViewMemory? {
    guard let text = played.resumed else { return nil }
    guard let memory = try? JSONDecoder().decode(ViewMemory.self, from: Data(text.utf8)) else {
      throw Failure(ExitStatus.dataError, "\(script): what stands behind :resume cannot be read")
    }
    return memory
  }

  private func readScript() throws -> KeyScript {
    let handle = script == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: script)
    guard let handle, let data = try? handle.readToEnd() ?? Data() else {
      throw Failure(ExitStatus.noInput, "\(script): cannot be read")
    }
    do {
      return try KeyScript(String(decoding: data, as: UTF8.self))
    } catch {
      throw Failure(ExitStatus.dataError, "\(script): \(error)")
    }
  }
}

extension ScreenSize: ExpressibleByArgument {
  /// "100x30": columns and rows.
  public init?(argument: String) {
    guard let size = KeyScript.size(argument) else { return nil }
    self = size
  }
}

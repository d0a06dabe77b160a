import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Open the workbench on a case, scanning first where there is none.")

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments
  @OptionGroup var others: BesideArguments
  @OptionGroup var display: DisplayArguments
  @Flag(help: "Read only: take no decisions.") var readOnly = false
  @Option(
    help: "Write a JSON line for each key: its name, and the milliseconds until its frame was painted.",
    completion: .file())
  var trace: String?

  mutating func run() throws {
    guard StandardOutput.isTerminal else {
      throw Failure(ExitStatus.usage, "review needs a terminal on standard output; see scan and play")
    }
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    let session = try ReviewSession(
      opened: opened, dataset: dataset, journal: journal, others: others, readOnly: readOnly)
    try TerminalSession(session, display: display, tracePath: trace).run()
  }
}

import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Open the workbench on a case.")

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments
  @Flag(help: "Look only: no decision is taken.") var readOnly = false
  @Option(help: "Write one JSON line a key: what it was, and the milliseconds until its frame was painted.")
  var trace: String?

  mutating func run() throws {
    guard StandardOutput.isTerminal else {
      throw Failure(ExitStatus.usage, "review needs a terminal on standard output; see scan and play")
    }
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    try WorkbenchSession(
      opened: opened, dataset: dataset, journal: journal, readOnly: readOnly, tracePath: trace
    ).run()
  }
}

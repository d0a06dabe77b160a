import ArgumentParser

/// What `foretaste DATASET` does.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Scan if there is no current case, then open the workbench (the default).",
    discussion: "Without a terminal on standard output it scans, prints the summary and ends.")

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments
  @OptionGroup var others: BesideArguments
  @OptionGroup var display: DisplayArguments

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    guard StandardOutput.isTerminal else {
      let summary = ScanSummary(opened.report, casePath: dataset.casePath)
      try StandardOutput.write(summary.text())
      return try opened.report.checkHasScores()
    }
    let session = try ReviewSession(
      opened: opened, dataset: dataset, journal: journal, others: others, readOnly: false)
    try TerminalSession(session, display: display, tracePath: nil).run()
  }
}

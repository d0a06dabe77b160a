import ArgumentParser

/// What `foretaste DATASET` does.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Scan if there is no current case, then open the workbench (the default).")

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @OptionGroup var journal: JournalArguments

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    guard StandardOutput.isTerminal else {
      return try StandardOutput.write(ScanSummary(opened.report, casePath: dataset.casePath).text())
    }
    try WorkbenchSession(opened: opened, dataset: dataset, journal: journal).run()
  }
}

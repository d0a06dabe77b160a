import ArgumentParser

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Score every sample and write the case folder.")

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Flag(help: "Print the summary as JSON.") var json = false

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    let summary = ScanSummary(opened.report, casePath: dataset.casePath)
    try StandardOutput.write(json ? summary.json() : summary.text())
    try opened.report.checkHasScores()
  }
}

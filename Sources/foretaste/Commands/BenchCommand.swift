import Analysis
import ArgumentParser
import Formats
import Foundation
import Model

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Quality of each detector and of the suspicion against the truth.",
    discussion: """
      The truth is a CSV file with the columns id and poisoned (0 or 1); rows whose column role is "cover" carry \
      a trigger with a true label and count neither way.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "CSV with columns id,poisoned.", completion: .file(extensions: ["csv"])) var truth: String
  @Flag(help: "Print JSON.") var json = false

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).openOrScan()
    let truth = try Truth.read(path: truth, ids: opened.report.ids)
    let table = BenchTable(report: opened.report, truth: truth)
    try StandardOutput.write(json ? table.json() : table.text())
  }
}

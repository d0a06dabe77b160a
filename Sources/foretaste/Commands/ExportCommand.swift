import ArgumentParser
import CaseFiles
import Foundation
import Review

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Hand the decisions on.",
    discussion: """
      csv, jsonl: every sample with its scores and verdict. drop-list, keep-list: ids, one a line. clean: the \
      dataset without what was marked poisoned, kept rows byte for byte.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "csv, jsonl, clean, drop-list or keep-list.") var format: String
  @Option(help: "A file or folder that does not exist yet.", completion: .file()) var output: String
  @Option(help: "A review journal; may be given several times.", completion: .file()) var journal: [String] =
    []

  mutating func run() throws {
    guard let format = ExportFormat(rawValue: format) else {
      let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(ExitStatus.usage, "--format \(self.format): there are \(known)")
    }
    let opened = try CaseRunner(dataset: dataset, scan: scan).open()
    let journals = journal.isEmpty ? [dataset.casePath + "/review.jsonl"] : journal
    let summary = try Exporter.export(
      format, of: opened, dataset: dataset.dataset, journals: journals, to: output)
    try StandardOutput.write(summary + "\n")
  }
}

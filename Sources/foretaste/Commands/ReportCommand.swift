import ArgumentParser
import CaseFiles
import Foundation
import Model

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write what was found and decided as one page.",
    discussion: """
      The page holds all that it shows: incidents with pictures and plots, decisions and by whom, how far reviewers \
      agree, what could not be seen, digests and the head of the journal. It needs no network and runs no script. A \
      FILE that ends in .md is Markdown without pictures, for a ticket. The same as foretaste export --format report.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "The new file, .html or .md.", completion: .file(extensions: ["html", "md"])) var output:
    String
  @Option(
    help: "A review journal; several are merged (default: review.jsonl in the case).", completion: .file())
  var journal: [String] = []
  @Flag(
    help:
      "Trust the decisions of the case's journal although you did not write them, or begin a new one where it is missing."
  )
  var trust = false

  func validate() throws {
    guard !["html", "htm", "md"].contains((output as NSString).pathExtension.lowercased()) else { return }
    throw ValidationError("--output '\(output)': a name that ends in .html or .md is expected.")
  }

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).open()
    Signals.endOnInterrupt()
    let exporter = try Exporter(
      of: opened, dataset: dataset, journals: journal, isTrusted: trust, madeAt: currentMilliseconds())
    try StandardOutput.write(displayText(try exporter.export(ReportFormat(), to: output)) + "\n")
  }
}

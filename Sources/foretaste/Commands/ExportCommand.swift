import ArgumentParser
import CaseFiles
import Foundation
import Model

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export the decisions: a table, a list of ids, the dataset without poison.",
    discussion: formats + """


      What was written is said with the journals that it goes by, and the hash of the last line of each. Several \
      journals are merged. Where reviewers differ, or a sample is not what was judged, the datasets and the lists are \
      refused until somebody decides again. Text is written as it is, also what a spreadsheet would take for a \
      formula: import it as text. PATH must not be there yet, or be empty; it appears whole or not at all. Files that \
      --features or --pred-probs named are no part of the dataset: cut them with a list called .npy.
      """)

  /// Each with what it is, side by side.
  private static var formats: String {
    let width = (ExportFormats.names.map(\.count).max() ?? 0) + 2
    return ExportFormats.all.map { $0.name.leftAligned(width) + $0.summary }.joined(separator: "\n")
  }

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "What to write, as above.", completion: .list(ExportFormats.names)) var format: ExportChoice
  @Option(help: "The new file or folder.", completion: .file()) var output: String
  @Option(help: "How a list names the samples.") var by: ListedName = .id
  @Option(
    help: "A review journal; several are merged (default: review.jsonl in the case).", completion: .file())
  var journal: [String] = []
  @Flag(
    help:
      "Trust the decisions of the case's journal although you did not write them, or begin a new one where it is missing."
  )
  var trust = false

  func validate() throws {
    if by == .row, !format.value.isList {
      let lists = ExportFormats.all.filter(\.isList).map(\.name)
      throw ValidationError("--by row is for \(listed(lists, "and")).")
    }
  }

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).open()
    Signals.endOnInterrupt()
    let exporter = try Exporter(
      of: opened, dataset: dataset, journals: journal, isTrusted: trust, madeAt: currentMilliseconds())
    try StandardOutput.write(displayText(try exporter.export(format.value, to: output, names: by)) + "\n")
  }
}

extension Exporter {
  /// What a command hands on by the journals that it was given; by that of the case where it was given none.
  init(
    of opened: OpenedCase, dataset: DatasetArguments, journals: [String], isTrusted: Bool, madeAt: Int64
  ) throws {
    let payloads = try opened.payloads(at: dataset.dataset, options: opened.options)
    let known = UserState().knownJournals
    let named: [String?] = journals.isEmpty ? [nil] : journals
    self.init(
      opened: opened, dataset: dataset.dataset, payloads: payloads,
      journals: try named.compactMap { path in
        let journal = CaseJournal(
          of: opened, payloads: payloads, named: path, isTrusted: isTrusted, known: known)
        return journal.reviewed(try journal.read())
      }, madeAt: madeAt)
  }
}

/// An export format by its name.
struct ExportChoice: ExpressibleByArgument {
  let value: any ExportFormat

  init?(argument: String) {
    guard let format = ExportFormats.named(argument) else { return nil }
    value = format
  }

  static var allValueStrings: [String] { ExportFormats.names }
}

extension ListedName: ExpressibleByArgument {}

import ArgumentParser
import CaseFiles
import Foundation
import Model
import Review

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Hand the decisions on: a table, a list of ids, the dataset without poison.",
    discussion: """
      csv        the standing verdicts, a row for each sample and reviewer: id, label, suspicion, hypothesis, verdict, \
      new_label, reviewer, at, note, state
      jsonl      the same as JSON Lines, with the digest of the content that was judged
      clean      the dataset in the format it came in without the poisoned samples; what is kept is kept byte for \
      byte, also where the verdict is relabel: those stand beside it, in relabels.csv of the folder or in \
      PATH.relabels.csv
      corrected  the same with the labels of the relabelled samples changed where they stand, all else byte for byte
      drop-list  the ids of the poisoned samples, one a line; with --by row their rows, counted from 0; as an array of \
      rows (int64) where PATH ends in .npy
      keep-list  all other samples, likewise

      What was written is said with the journals that it goes by, and the hash of the last line of each. Several \
      journals are merged. Where reviewers differ, or a sample is not what was judged, the datasets and the lists are \
      refused until somebody decides again. Text is written as it is, also what a spreadsheet would take for a \
      formula: import it as text. PATH must not be there yet, or be empty; it appears whole or not at all. Files that \
      --features or --pred-probs named are no part of the dataset: cut them with a list called .npy.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "What to write, as above.") var format: ExportFormat
  @Option(help: "The new file or folder.", completion: .file()) var output: String
  @Option(help: "What a list calls the samples.") var by: ListedName = .id
  @Option(
    help: "A review journal; several are merged (default: review.jsonl in the case).", completion: .file())
  var journal: [String] = []
  @Flag(
    help: "Count the decisions of the case's journal although you have not written them, or go on without it."
  )
  var trust = false

  func validate() throws {
    if by == .row, format != .dropList, format != .keepList {
      throw ValidationError("--by row is for drop-list and keep-list.")
    }
  }

  mutating func run() throws {
    let opened = try CaseRunner(dataset: dataset, scan: scan).open()
    let payloads = try opened.payloads(at: dataset.dataset, options: opened.options)
    let exporter = Exporter(
      opened: opened, dataset: dataset.dataset, payloads: payloads,
      journals: try journals(of: opened, payloads: payloads))
    try StandardOutput.write(displayText(try exporter.export(format, to: output, names: by)) + "\n")
  }

  private func journals(of opened: OpenedCase, payloads: any PayloadSource) throws -> [ReviewedJournal] {
    let known = UserState().knownJournals
    let named: [String?] = journal.isEmpty ? [nil] : journal
    return try named.compactMap { path in
      let journal = CaseJournal(
        of: opened, payloads: payloads, named: path, isTrusted: trust, known: known)
      return journal.reviewed(try journal.read())
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
extension ListedName: ExpressibleByArgument {}

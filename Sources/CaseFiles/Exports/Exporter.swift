import Formats
import Foundation
import Model
import Review

/// Hands the decisions on a case to others. Every export is a new file or folder that appears whole or not at all; the
/// dataset is only ever read.
package struct Exporter {
  let opened: OpenedCase
  let dataset: String
  let payloads: any PayloadSource
  let journals: [ReviewedJournal]

  /// - Parameters:
  ///   - dataset: where the dataset of the case lies.
  ///   - journals: one or several; none where there is no journal.
  package init(
    opened: OpenedCase, dataset: String, payloads: any PayloadSource, journals: [ReviewedJournal]
  ) {
    self.opened = opened
    self.dataset = dataset
    self.payloads = payloads
    self.journals = journals
  }

  /// - Parameter names: what a list calls its samples.
  /// - Returns: what was written and by which journals, such as "wrote 512 ids to drop.txt; journal …".
  /// - Throws: `CaseFileError` or `FormatError`; then nothing was written.
  package func export(_ format: ExportFormat, to path: String, names: ListedName = .id) throws -> String {
    let samples = ReviewedSamples(
      report: opened.report, payloads: payloads, agreement: Agreement(journals.map(\.review)))
    var parts =
      switch format {
      case .csv: [try writeFile(path) { try DecisionTable.writeCSV(samples, opened.report, to: &$0) }]
      case .jsonl: [try writeFile(path) { try DecisionTable.writeJSONLines(samples, opened.report, to: &$0) }]
      case .dropList, .keepList:
        try writeList(samples, isDropList: format == .dropList, names: names, to: path)
      case .clean: try writeClean(samples, to: path)
      case .corrected: try writeCorrected(samples, to: path)
      }
    if samples.unknown > 0 { parts.append("\(counted(samples.unknown, "decided id")) not in this dataset") }
    parts += journals.isEmpty ? ["no journal: nothing was decided"] : journals.map(\.sentence)
    return parts.joined(separator: "; ")
  }

  private func writeFile(_ path: String, _ body: (inout FileWriter) throws -> String) throws -> String {
    let target = try ExportTarget(path, kind: .file)
    return try target.fill { temporary in
      var file = try FileWriter(path: temporary, mode: 0o666)
      let written = try body(&file)
      try file.finish()
      return "wrote \(written) to \(target.path)"
    }
  }

  private func writeList(
    _ samples: ReviewedSamples, isDropList: Bool, names: ListedName, to path: String
  ) throws -> [String] {
    let poisoned = try checkedSettled(samples).poisoned
    let list = SampleList(rows: isDropList ? poisoned.rows : poisoned.others, ids: opened.report.ids)
    let counting = skippedLines.map { ["rows are counted without the \($0)"] } ?? []
    if path.hasSuffix(".npy") { return [try writeFile(path) { try list.writeArray(to: &$0) }] + counting }
    if names == .row { return [try writeFile(path) { try list.writeRows(to: &$0) }] + counting }
    let unfindable = try DatasetLoader.rowsWithUnfindableID(
      dataset, options: opened.options, ids: list.ids, rows: list.rows)
    return [try writeFile(path) { try list.writeIDs(to: &$0) }] + list.warning(of: unfindable)
  }

  private func writeClean(_ samples: ReviewedSamples, to path: String) throws -> [String] {
    let settled = try checkedSettled(samples)
    let copy = try copy(of: settled, changes: [:])
    let target = try ExportTarget(path, kind: copy.isFolder ? .folder : .file)
    let relabels = RelabelList(relabels(of: settled), report: opened.report)
    let relabelPlace = try CleanExport(copy: copy, relabels: relabels).write(to: target)
    var parts = sentence(of: settled, target)
    if let relabelPlace {
      parts.append(
        "\(counted(relabels.count, "label")) \(relabels.count == 1 ? "is" : "are") still wrong: the relabels in "
          + "\(relabelPlace) are not applied; the format \(ExportFormat.corrected.rawValue) applies them")
    }
    return parts
  }

  private func writeCorrected(_ samples: ReviewedSamples, to path: String) throws -> [String] {
    let settled = try checkedSettled(samples)
    var changes: [Int: SampleChange] = [:]
    for (row, label) in relabels(of: settled) {
      changes[row] = SampleChange()
      changes[row]?.label = label
    }
    let copy = try copy(of: settled, changes: changes)
    let target = try ExportTarget(path, kind: copy.isFolder ? .folder : .file)
    try copy.write(to: target)
    var parts = sentence(of: settled, target) + ["\(counted(changes.count, "label")) corrected"]
    if !copy.addedClasses.isEmpty {
      parts.append("new in the classes of dataset.json: \(copy.addedClasses.joined(separator: ", "))")
    }
    return parts
  }

  private func checkedSettled(_ samples: ReviewedSamples) throws -> ReviewedSamples.Settled {
    try opened.checkCurrent(dataset)
    return try samples.settled()
  }

  /// Those that differ from the given label.
  private func relabels(of settled: ReviewedSamples.Settled) -> [(row: Int, label: String)] {
    settled.relabels.filter { $0.label != opened.report.labelName(at: $0.row) }
  }

  private func copy(of settled: ReviewedSamples.Settled, changes: [Int: SampleChange]) throws -> DatasetCopy {
    try DatasetCopy(
      dataset, options: opened.options, count: opened.report.count,
      pieces: DatasetCopy.pieces(keeping: settled.poisoned.others, changes: changes))
  }

  private func sentence(of settled: ReviewedSamples.Settled, _ target: ExportTarget) -> [String] {
    let kept = settled.poisoned.others.count
    return [
      "wrote \(kept) of \(counted(opened.report.count, "sample")) to \(target.path)",
      "\(settled.poisoned.rows.count) poisoned left out",
    ] + (skippedLines.map { ["not in it either: the \($0)"] } ?? [])
  }

  /// What --skip-bad-lines left out; nil where that is nothing.
  private var skippedLines: String? {
    let count = opened.report.facts.reading.files.reduce(0) { $0 + $1.skippedLines }
    return count > 0 ? "\(counted(count, "line")) that could not be read" : nil
  }
}

/// "1 id", "2 ids".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

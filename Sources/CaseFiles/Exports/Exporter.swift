import Analysis
import Foundation
import Model
import Review

/// Hands the decisions on a case to others. Every export is a new file or folder that appears whole or not at all; the
/// dataset is only ever read.
package struct Exporter {
  let opened: OpenedCase
  let dataset: String
  let payloads: any PayloadSource
  let agreement: Agreement

  /// - Parameters:
  ///   - dataset: where the dataset of the case lies.
  ///   - reviews: the folds of one or several journals.
  package init(opened: OpenedCase, dataset: String, payloads: any PayloadSource, reviews: [ReviewState]) {
    self.opened = opened
    self.dataset = dataset
    self.payloads = payloads
    agreement = Agreement(reviews)
  }

  /// - Returns: one sentence that says what was written, such as "wrote 512 ids to drop.txt".
  /// - Throws: `CaseFileError` or `FormatError`; then nothing was written.
  package func export(_ format: ExportFormat, to path: String) throws -> String {
    let samples = ReviewedSamples(report: opened.report, payloads: payloads, agreement: agreement)
    let written =
      switch format {
      case .csv: try writeFile(path) { try DecisionTable.writeCSV(samples, opened.report, to: &$0) }
      case .jsonl: try writeFile(path) { try DecisionTable.writeJSONLines(samples, opened.report, to: &$0) }
      case .dropList, .keepList: try writeList(samples, isDropList: format == .dropList, to: path)
      case .clean: try writeClean(samples, to: path)
      }
    return samples.unknown == 0
      ? written : written + "; \(counted(samples.unknown, "decided id")) not in this dataset"
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

  private func writeList(_ samples: ReviewedSamples, isDropList: Bool, to path: String) throws -> String {
    try opened.checkCurrent(dataset)
    let poisoned = try samples.settled().poisoned
    let list = SampleList(rows: isDropList ? poisoned.rows : poisoned.others, ids: opened.report.ids)
    return try writeFile(path) { file in
      try path.hasSuffix(".npy") ? list.writeIndices(to: &file) : list.writeIDs(to: &file)
    }
  }

  private func writeClean(_ samples: ReviewedSamples, to path: String) throws -> String {
    try opened.checkCurrent(dataset)
    let settled = try samples.settled()
    let clean = try CleanDataset(
      dataset, options: opened.options, keeping: settled.poisoned.others, of: opened.report.count)
    let relabels = RelabelList(settled.relabels, report: opened.report)
    let target = try ExportTarget(path, kind: clean.isFolder ? .folder : .file)
    let relabelPlace = try clean.write(to: target, with: relabels)
    var sentence = "wrote \(settled.poisoned.others.count) of \(counted(opened.report.count, "sample"))"
    sentence += " to \(target.path); \(settled.poisoned.rows.count) poisoned left out"
    if let relabelPlace { sentence += "; \(counted(relabels.count, "relabel")) in \(relabelPlace)" }
    return sentence
  }
}

/// "1 id", "2 ids".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

import Formats
import Model

/// A case with the decisions on its samples, as an export format is handed it.
package struct ReviewedCase {
  let opened: OpenedCase
  /// Where the dataset of the case lies.
  let dataset: String
  let payloads: any PayloadSource
  let samples: ReviewedSamples
  let journals: [ReviewedJournal]
  /// What a list calls its samples.
  let names: ListedName
  /// Milliseconds since 1970 UTC: when it is handed on.
  let madeAt: Int64

  /// The verdicts, for what is trained on.
  /// - Throws: `CaseFileError` where the dataset is no longer what was scanned, or a verdict is not settled.
  func settled() throws -> ReviewedSamples.Settled {
    try opened.checkCurrent(dataset)
    return try samples.settled()
  }

  /// The relabels that differ from the given label.
  func relabels(of settled: ReviewedSamples.Settled) -> [(row: Int, label: String)] {
    settled.relabels.filter { $0.label != opened.report.labelName(at: $0.row) }
  }

  /// The dataset without its poison.
  func copy(of settled: ReviewedSamples.Settled, changes: [Int: SampleChange] = [:]) throws -> DatasetCopy {
    try DatasetCopy(
      dataset, options: opened.options, count: opened.report.count,
      pieces: DatasetCopy.pieces(keeping: settled.poisoned.others, changes: changes))
  }

  /// What is said of such a copy.
  func sentence(of settled: ReviewedSamples.Settled, _ target: ExportTarget) -> [String] {
    let kept = settled.poisoned.others.count
    return [
      "wrote \(kept) of \(counted(opened.report.count, "sample")) to \(target.path)",
      "\(settled.poisoned.rows.count) poisoned left out",
    ] + (skippedLines.map { ["not in it either: the \($0)"] } ?? [])
  }

  /// What --skip-bad-lines left out; nil where that is nothing.
  var skippedLines: String? {
    let count = opened.report.facts.reading.files.reduce(0) { $0 + $1.skippedLines }
    return count > 0 ? "\(counted(count, "line")) that could not be read" : nil
  }
}

import Formats
import Model
import Review

/// Hands the decisions on a case to others; the dataset is only ever read.
package struct Exporter {
  private let opened: OpenedCase
  private let dataset: String
  private let payloads: any PayloadSource
  private let journals: [ReviewedJournal]
  private let madeAt: Int64

  /// - Parameters:
  ///   - dataset: where the dataset of the case lies.
  ///   - journals: one or several; none where there is no journal.
  ///   - madeAt: now, in milliseconds since 1970 UTC.
  package init(
    opened: OpenedCase, dataset: String, payloads: any PayloadSource, journals: [ReviewedJournal],
    madeAt: Int64
  ) {
    self.opened = opened
    self.dataset = dataset
    self.payloads = payloads
    self.journals = journals
    self.madeAt = madeAt
  }

  /// - Parameter names: what a list calls its samples.
  /// - Returns: what was written and by which journals, such as "wrote 512 ids to drop.txt; journal …".
  /// - Throws: `CaseFileError` or `FormatError`; then nothing was written.
  package func export(
    _ format: any ExportFormat, to path: String, names: ListedName = .id
  ) throws -> String {
    let samples = ReviewedSamples(
      report: opened.report, payloads: payloads, agreement: Agreement(journals.map(\.review)))
    var parts = try format.write(
      ReviewedCase(
        opened: opened, dataset: dataset, payloads: payloads, samples: samples, journals: journals,
        names: names,
        madeAt: madeAt), to: path)
    if samples.unknown > 0 { parts.append("\(counted(samples.unknown, "decided id")) not in this dataset") }
    parts += journals.isEmpty ? ["no journal: nothing was decided"] : journals.map(\.sentence)
    return parts.joined(separator: "; ")
  }
}

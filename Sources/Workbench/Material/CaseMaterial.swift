import Model
import Scanning
import Screen

/// What a session looks at and never changes: the report, and what follows from it. One object, shared with the worker.
/// The samples themselves are elsewhere: a state has only values.
package final class CaseMaterial: Sendable {
  package let report: Report
  /// Version of the tool, as decisions record it.
  package let version: String
  /// What the decisions can be written out as, by name.
  package let exportFormats: [String]
  /// Of a table.
  package let dataColumns: [DataColumn]
  /// Columns of the screen that nearly all ids take, and the longest of some.
  let idWidth: Int
  let longestId: Int
  /// Detectors that ran, in the order of the report.
  package let detectors: [RanDetector]

  package struct RanDetector: Sendable {
    package let info: DetectorInfo
    package let raw: Column<Float>
    package let percentile: Column<Float>
  }

  init(
    report: Report, version: String, exportFormats: [String], dataColumns: [DataColumn]
  ) {
    self.report = report
    self.dataColumns = dataColumns
    let widths = Self.widths(of: report.ids)
    idWidth = widths.isEmpty ? 0 : widths[widths.count * 9 / 10]
    longestId = widths.last ?? 0
    self.version = version
    self.exportFormats = exportFormats
    detectors = report.detectors.compactMap { result in
      guard case .ran(let raw, let percentile) = result.outcome, raw.count == report.count,
        percentile.count == report.count
      else { return nil }
      return RanDetector(info: result.info, raw: raw, percentile: percentile)
    }
  }

  /// Widths of an even sample of the ids, ascending. The column takes the 90th percentile; longer ids are cut.
  private static func widths(of ids: StringColumn) -> [Int] {
    let sampled = min(ids.count, 64)
    return (0..<sampled).map { TextWidth.width(displayText(ids[$0 * ids.count / sampled])) }.sorted()
  }

  package var count: Int { report.count }

  /// There is text to look for in the samples.
  var samplesHoldText: Bool { report.facts.modality == .text || report.facts.modality == .tabular }

  /// What `:write` writes: the decisions in each format, and the session itself.
  package var writtenFormats: [String] { exportFormats + [Self.transcriptFormat] }
  static let transcriptFormat = "transcript"

  /// Class name of the given label, nil without one.
  package func label(of row: Int) -> String? { className(labelCode(of: row)) }
  /// Index of the given label's class, -1 without one.
  func labelCode(of row: Int) -> Int32 { code(report.labels, row) }
  /// What drove the suspicion of a row, by family.
  package func contributions(of row: Int) -> [Contributions.Part] { report.contributions(of: row) }
  package func suggestedLabel(of row: Int) -> String? { className(code(report.suggestedLabels, row)) }
  package func source(of row: Int) -> String? { report.sources?.name(at: row) }
  package func cluster(of row: Int) -> Int? {
    let cluster = code(report.clusters, row)
    return cluster >= 0 ? Int(cluster) : nil
  }
  package func hypothesis(of row: Int) -> String {
    let code = row < report.hypothesis.count ? Int(report.hypothesis[row]) : 0
    return code < report.hypotheses.count ? report.hypotheses[code] : "none"
  }
  package func time(of row: Int) -> Int64? {
    guard let times = report.times, row < times.count, times[row] != Dataset.noTime else { return nil }
    return times[row]
  }
  package func layout(of row: Int) -> (x: Float, y: Float)? {
    guard 2 * row + 1 < report.layout.count else { return nil }
    let x = report.layout[2 * row]
    let y = report.layout[2 * row + 1]
    return x.isFinite && y.isFinite ? (x, y) : nil
  }
  /// The incident of most evidence that holds the row.
  package func incident(of row: Int) -> Incident? { report.incident(of: row) }
  /// The incident that joins the finding.
  package func incident(of finding: Finding) -> Incident? {
    report.incidents.first { $0.findings.contains(finding.id) }
  }
  /// Findings that hold the row, by the order of the report.
  package func findings(of row: Int) -> [Int] {
    report.findings.indices.filter { contains(report.findings[$0].members, Int32(row)) }
  }

  package func className(_ code: Int32) -> String? {
    code >= 0 && Int(code) < report.facts.classes.count ? report.facts.classes[Int(code)] : nil
  }

  private func code(_ column: Column<Int32>, _ row: Int) -> Int32 { row < column.count ? column[row] : -1 }
}

/// Whether an ascending column holds `value`.
func contains(_ sorted: Column<Int32>, _ value: Int32) -> Bool {
  let place = sorted.partitioningIndex { $0 >= value }
  return place < sorted.count && sorted[place] == value
}

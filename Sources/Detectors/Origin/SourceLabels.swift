import Model
import Scanning

/// Sources that bring more of one label than the set has: the log likelihood ratio of the label's share in the
/// sample's source, itself left out, over the inflation of all sources. Range from 0; NaN without a label or source.
struct SourceLabels: Detector {
  let info = DetectorInfo(
    name: "source-labels", family: .origin, summary: "source has unusually many samples of this label")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    let sources = try SourceCounts(input)
    let labelled = input.labels.count { $0 >= 0 }
    let groups = input.rowsByClass.map { rows in
      SourceCounts.Group(rows: rows, share: Double(rows.count) / Double(max(1, labelled)))
    }
    return sources.detection(groups, scoresMembersOnly: true)
  }
}

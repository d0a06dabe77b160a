import Model

/// Which score the histogram counts, where its cut stands, and by what it is split.
package struct HistogramView: Sendable {
  /// 0 is the suspicion, then the raw scores of the detectors, then the numbers of a table.
  package var score = 0
  /// The cut of each score as a bin.
  package var cuts: [RowColumn: Int] = [:]
  package var isLogarithmic = true
  /// Nil for all samples in one.
  package var split: PlotSplit?
  /// 0 for all samples, then the groups of the split.
  package var group = 0
  /// What was asked for last.
  var wanted: BinsRequest?
  /// What is counted already, with the verdicts of now.
  var bins: [BinsRequest: Bins] = [:]
  /// What was counted last, with whichever verdicts.
  private var latest: Bins?

  package static func columns(_ material: CaseMaterial) -> [RowColumn] {
    let numbers = material.data.all.indices.filter { material.data.all[$0].isNumeric }
    return [.suspicion] + material.detectors.indices.map { .raw($0) }
      + numbers.map { .data($0, isNumeric: true) }
  }

  package func column(_ material: CaseMaterial) -> RowColumn {
    let columns = Self.columns(material)
    return columns[score.clamped(to: 0...columns.count - 1)]
  }

  /// The bin where the cut stands: for the suspicion the threshold, for others the top twentieth, until moved.
  package func cut(_ column: RowColumn) -> Int { cuts[column] ?? (column == .suspicion ? 50 : 95) }

  /// The counts that can be shown now; those by another split, or with the verdicts of before, rather than none.
  package func shown(_ material: CaseMaterial) -> Bins? {
    let column = column(material)
    if let counted = bins.first(where: { $0.key.column == column && $0.key.split == split })?.value {
      return counted
    }
    return latest.flatMap { $0.column == column ? $0 : nil }
  }

  mutating func take(_ counted: Bins) {
    bins[counted.request] = counted
    latest = counted
  }

  mutating func forget() {
    bins = [:]
    latest = nil
    wanted = nil
  }
}

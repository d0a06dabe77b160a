import Model
import Scanning

/// Counts of a score in 100 bins of equal width.
package struct Bins: Sendable, Equatable {
  package static let count = 100
  package var column: RowColumn
  package var low: Double
  package var high: Double
  package var counts: [Int]
  /// Those of them whose suspicion is at or above the threshold.
  package var flagged: [Int]
  /// Samples without a score.
  package var missing: Int

  /// The lower edge of a bin; of `Bins.count`, the upper end. Scores are Float and so are edges: a condition that
  /// names an edge holds for the very samples that are counted from it on.
  package func edge(_ bin: Int) -> Double {
    Double(Float(low + (high - low) * Double(bin) / Double(Self.count)))
  }
  /// Samples in this bin and those above.
  package func above(_ bin: Int) -> Int { counts[max(0, bin)...].reduce(0, +) }
  package func flaggedAbove(_ bin: Int) -> Int { flagged[max(0, bin)...].reduce(0, +) }

  /// Scores of all rows.
  static func values(_ column: RowColumn, _ material: CaseMaterial) -> Column<Float> {
    switch column {
    case .raw(let index): material.detectors[index].raw
    case .detector(let index): material.detectors[index].percentile
    default: material.report.suspicion
    }
  }

  static func make(_ column: RowColumn, _ material: CaseMaterial, isCancelled: () -> Bool) -> Bins? {
    let values = values(column, material)
    var low = 0.0
    var high = 1.0
    if case .raw = column {
      let finite = values.lazy.filter { $0.isFinite }
      low = Double(finite.min() ?? 0)
      high = Double(finite.max() ?? 1)
      if high <= low { high = low + 1 }
    }
    var bins = Bins(
      column: column, low: low, high: high, counts: [Int](repeating: 0, count: count),
      flagged: [Int](repeating: 0, count: count), missing: 0)
    let scale = Double(count) / (high - low)
    let edges = (0...count).map(bins.edge)
    for (row, value) in values.enumerated() {
      if row % 65_536 == 0 && isCancelled() { return nil }
      guard value.isFinite else {
        bins.missing += 1
        continue
      }
      var bin = Int(((Double(value) - low) * scale).clamped(to: 0...Double(count - 1)))
      while bin > 0, Double(value) < edges[bin] { bin -= 1 }
      while bin < count - 1, Double(value) >= edges[bin + 1] { bin += 1 }
      bins.counts[bin] += 1
      if material.report.suspicion[row] >= Report.flagThreshold { bins.flagged[bin] += 1 }
    }
    return bins
  }
}

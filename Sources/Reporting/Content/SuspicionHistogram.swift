import Model
import Scanning

/// Samples by suspicion, in bins of equal width from 0 to 1, and by verdict.
package struct SuspicionHistogram: Sendable, Equatable {
  package struct Bin: Sendable, Equatable {
    /// low..<high, of the last bin low...high.
    package let low: Double
    package let high: Double
    /// By verdict, without verdicts that no sample has.
    package let counts: [Count]
    package var total: Int { counts.reduce(0) { $0 + $1.count } }
  }
  package let bins: [Bin]
  /// Suspicion from which a sample is flagged.
  package let threshold: Double

  package static let binCount = 20

  init(_ report: Report, verdicts: StandingVerdicts) {
    let marks = StandingVerdicts.Mark.allCases
    var counts = [[Int]](repeating: [Int](repeating: 0, count: marks.count), count: Self.binCount)
    for (row, value) in report.suspicion.enumerated() {
      let bin = min(Int(min(max(value, 0), 1) * Float(Self.binCount)), Self.binCount - 1)
      counts[bin][verdicts.mark(row).rawValue] += 1
    }
    let width = 1 / Double(Self.binCount)
    bins = counts.enumerated().map { index, counts in
      Bin(
        low: Double(index) * width, high: Double(index + 1) * width,
        counts: marks.compactMap { mark in
          let count = counts[mark.rawValue]
          return count > 0 ? Count(name: mark.word, count: count) : nil
        })
    }
    threshold = Double(Report.flagThreshold)
  }
}

import Model

/// What a scan has of one detector.
package struct DetectorResult: Sendable {
  package var info: DetectorInfo
  package var outcome: Outcome
  /// That its first run took, on the clock.
  package var seconds: Double

  /// Scores, or why there are none.
  package enum Outcome: Sendable {
    /// Raw scores (higher is more suspicious, NaN where a sample has none) and their percentiles 0...1.
    case ran(raw: Column<Float>, percentile: Column<Float>)
    /// Why it cannot run here, e.g. "needs at least 2 classes".
    case skipped(reason: String)
  }
  package init(info: DetectorInfo, outcome: Outcome, seconds: Double) {
    self.info = info
    self.outcome = outcome
    self.seconds = seconds
  }
  /// Whether it did not run since the data is of another kind than it is for.
  package var isForOtherData: Bool {
    if case .skipped(let reason) = outcome { Needs.otherData.contains(reason) } else { false }
  }
  /// [N], 0...1, NaN where a sample has no score; nil where it did not run.
  package var percentile: Column<Float>? {
    if case .ran(_, let percentile) = outcome { percentile } else { nil }
  }
  /// [N], NaN where a sample has no score; nil where it did not run.
  package var raw: Column<Float>? {
    if case .ran(let raw, _) = outcome { raw } else { nil }
  }
}

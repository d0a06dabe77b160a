/// Where a scan is.
package struct ScanProgress: Sendable, Equatable {
  /// As in `StageTiming`.
  package var stage: String
  /// 0...1 of the whole scan.
  package var fraction: Double
  package init(stage: String, fraction: Double) {
    self.stage = stage
    self.fraction = fraction
  }
}

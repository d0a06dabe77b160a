import Model

/// How long a stage of a scan took.
package struct StageTiming: Sendable, Equatable {
  /// A detector by its name; lower case, words joined by hyphens.
  package var stage: String
  /// On the clock, whatever else the machine did.
  package var seconds: Double
  package init(stage: String, seconds: Double) {
    self.stage = stage
    self.seconds = seconds
  }
}

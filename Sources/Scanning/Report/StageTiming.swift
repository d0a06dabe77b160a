import Model

package struct StageTiming: Sendable, Equatable {
  package var stage: String
  package var seconds: Double
  package init(stage: String, seconds: Double) {
    self.stage = stage
    self.seconds = seconds
  }
}

import Model

/// Which weights made the suspicion, and which detectors they could not use.
package struct FusionFacts: Sendable, Equatable {
  /// e.g. "built in, fitted on 81 sets, 2026-11-25".
  package var weights = ""
  /// Detectors that ran but that the weights do not know: shown, not counted.
  package var unknownDetectors: [String] = []
  /// Detectors that the weights know but that did not run: taken for missing.
  package var missingDetectors: [String] = []
  /// Suspects that the label scores were refitted without; 0 where they were not refitted.
  package var setAside = 0
  package init() {}
  package init(weights: String, unknownDetectors: [String], missingDetectors: [String]) {
    self.weights = weights
    self.unknownDetectors = unknownDetectors
    self.missingDetectors = missingDetectors
  }
}

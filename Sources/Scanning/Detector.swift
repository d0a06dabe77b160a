import Model

/// What stands in a case and on the screens about a detector.
package struct DetectorInfo: Sendable, Equatable {
  /// What a detector looks at; detectors of one family are wrong together.
  package enum Family: String, Sendable, CaseIterable {
    case labels, representation, density, duplicates, triggers, gradients, origin
  }
  /// Column name in scores.csv: lower case, words joined by hyphens.
  package var name: String
  package var family: Family
  /// One line that says what a high score means.
  package var summary: String
  package init(name: String, family: Family, summary: String) {
    self.name = name
    self.family = family
    self.summary = summary
  }
}

/// One way to detect poison. A detector is a value without state; it never needs the true rate of poison.
package protocol Detector: Sendable {
  var info: DetectorInfo { get }
  /// Scores every sample.
  /// - Throws: `CannotRun` with the reason when the dataset lacks what the detector needs; `CancellationError`.
  func run(on input: ScanInput) throws -> Detection
}

/// What a detector gives.
package struct Detection: Sendable {
  /// One a sample, higher is more suspicious, NaN where it cannot score the sample.
  package var scores: [Float]
  /// Groups with their evidence; empty where none is significant.
  package var findings: [Finding]
  package init(scores: [Float], findings: [Finding] = []) {
    self.scores = scores
    self.findings = findings
  }
}

/// A detector's reason not to run, as it stands in case.json: "needs at least 2 classes".
package struct CannotRun: Error, Sendable, Equatable {
  package let reason: String
  package init(_ reason: String) { self.reason = reason }
}

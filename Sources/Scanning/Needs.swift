import Model

/// Requirements that several detectors share.
package enum Needs {
  package static func labels(_ input: ScanInput, classes least: Int = 2) throws {
    guard input.classCount < least else { return }
    throw CannotRun(
      input.labelGap ?? (least == 1 ? "needs labels" : "needs labels of at least \(least) classes"))
  }

  /// Labels of two classes, and probabilities for them, which there are none of where nothing tells samples apart.
  package static func probabilities(_ input: ScanInput) throws {
    try labels(input)
    guard input.probabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  /// Labels of two classes, and a payload that says something of them.
  package static func payload(_ input: ScanInput) throws {
    try labels(input)
    guard input.inputProbabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  static let featuresThatDiffer = "needs features that differ between samples"

  package static func labelledFeatures(_ input: ScanInput) throws {
    if let gap = input.labelGap { throw CannotRun(gap) }
    guard input.classCount >= 1, input.features.columns > 0 else {
      throw CannotRun("needs labels and features")
    }
  }

  /// One score for each sample with a label; NaN without one.
  package static func scoreLabelled(_ input: ScanInput, _ score: (_ row: Int, _ label: Int) -> Float)
    -> [Float]
  {
    (0..<input.count).map { row in input.labels[row] >= 0 ? score(row, input.labels[row]) : .nan }
  }
}

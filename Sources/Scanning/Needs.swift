import Model

/// Requirements that several detectors share.
package enum Needs {
  /// Labels of so many classes, that the scan looks at.
  /// - Throws: `CannotRun`, as all of these.
  package static func labels(_ input: ScanInput, classes minimum: Int = 2) throws {
    guard input.classCount < minimum else { return }
    throw CannotRun(
      input.labelGap ?? (minimum == 1 ? "needs labels" : "needs labels of at least \(minimum) classes"))
  }

  /// Labels of two classes, and probabilities for them, which are missing where the features do not differ between samples.
  package static func probabilities(_ input: ScanInput) throws {
    try labels(input)
    guard input.probabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  /// Labels of two classes, and a payload that probabilities were learnt from.
  package static func payload(_ input: ScanInput) throws {
    try labels(input)
    guard input.inputProbabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  /// So many texts with a label that the words that a class naturally has can be told from those that were planted: of
  /// 16 draws of 60 short texts each from four clean sets, 3 of 64 had a false trigger, of 120 one, of 150 and more none.
  package static func texts(_ input: ScanInput) throws -> StringColumn {
    guard let texts = input.dataset.texts else { throw CannotRun("needs texts") }
    guard input.labels.count(where: { $0 >= 0 }) >= minTexts else {
      throw CannotRun(
        "needs \(minTexts) texts with a label: of fewer, natural words cannot be told from a trigger")
    }
    return texts
  }
  private static let minTexts = 120

  /// Reasons that no input would remove: the data is of another kind than the detector is for.
  package static let otherData: Set<String> = ["needs texts", "needs images", "needs table columns"]

  /// A reason of several detectors, or of one: "18 need labels", "1 needs labels".
  package static func told(_ reason: String, by count: Int) -> String {
    let verb = "needs "
    guard reason.hasPrefix(verb) else { return "\(reason) (\(counted(count, "detector")))" }
    return "\(counted(count, "needs", "need")) \(reason.dropFirst(verb.count))"
  }

  static let featuresThatDiffer = "needs features that differ between samples"

  /// Labels, and features that differ between samples.
  package static func labelledFeatures(_ input: ScanInput) throws {
    if let gap = input.labelGap { throw CannotRun(gap) }
    guard input.classCount >= 1, input.features.columns > 0 else {
      throw CannotRun("needs labels and features")
    }
  }

  /// One score for each sample with a label, in blocks side by side; NaN without one.
  /// - Throws: what `checkCancellation` throws.
  package static func scoreLabelled(
    _ input: ScanInput, _ score: @Sendable (_ row: Int, _ label: Int) -> Float
  ) throws -> [Float] {
    try input.workers.map(count: input.count, blockSize: 4096) { rows in
      try input.checkCancellation()
      return rows.map { row in input.labels[row] >= 0 ? score(row, input.labels[row]) : .nan }
    }.flatMap { $0 }
  }
}

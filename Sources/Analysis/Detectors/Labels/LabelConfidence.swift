import Model

/// Requirements that several detectors share.
enum Needs {
  static func labels(_ input: ScanInput, classes least: Int = 2) throws {
    guard input.classCount < least else { return }
    throw CannotRun(
      input.labelGap ?? (least == 1 ? "needs labels" : "needs labels of at least \(least) classes"))
  }

  /// Labels of two classes, and probabilities for them, which there are none of where nothing tells samples apart.
  static func probabilities(_ input: ScanInput) throws {
    try labels(input)
    guard input.probabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  /// Labels of two classes, and a payload that says something of them.
  static func payload(_ input: ScanInput) throws {
    try labels(input)
    guard input.inputProbabilities.columns == input.classCount else { throw CannotRun(featuresThatDiffer) }
  }

  static let featuresThatDiffer = "needs features that differ between samples"

  static func labelledFeatures(_ input: ScanInput) throws {
    if let gap = input.labelGap { throw CannotRun(gap) }
    guard input.classCount >= 1, input.features.columns > 0 else {
      throw CannotRun("needs labels and features")
    }
  }

  /// One score for each sample with a label; NaN without one.
  static func scoreLabelled(_ input: ScanInput, _ score: (_ row: Int, _ label: Int) -> Float) -> [Float] {
    (0..<input.count).map { row in input.labels[row] >= 0 ? score(row, input.labels[row]) : .nan }
  }
}

/// 1 − p_y: how little the model believes in the given label (Northcutt, Jiang & Chuang, "Confident learning",
/// JAIR 2021, section 3). Range 0...1; NaN without a label.
struct SelfConfidence: Detector {
  let info = DetectorInfo(
    name: "self-confidence", family: .labels, summary: "the model gives the given label little probability")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(scores: Needs.scoreLabelled(input) { 1 - input.probabilities[$0, $1] })
  }
}

/// 1 − (p_y − max_{k≠y} p_k + 1)/2, the normalised margin turned around (Northcutt et al., 2021). Range 0...1; NaN
/// without a label.
struct Margin: Detector {
  let info = DetectorInfo(
    name: "margin", family: .labels, summary: "another label is more probable than the given one")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(
      scores: Needs.scoreLabelled(input) { row, label in
        let best = (0..<input.classCount).reduce(Float(0)) { best, other in
          other == label ? best : max(best, input.probabilities[row, other])
        }
        return (best - input.probabilities[row, label] + 1) / 2
      })
  }
}

/// Confident joint: a sample counts as class k when p_k reaches the mean self-confidence t_k of class k. Its score is
/// how far the best other class lies above its threshold, less how far the given one lies above its own (Northcutt
/// et al., 2021, section 3.1). Range −2...2; NaN without a label.
struct ConfidentLearning: Detector {
  let info = DetectorInfo(
    name: "confident-learning", family: .labels,
    summary: "confidently another class, by each class's threshold")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    let thresholds = input.rowsByClass.indices.map { label in
      Statistics.mean(input.rowsByClass[label].map { input.probabilities[$0, label] })
    }
    let scores = Needs.scoreLabelled(input) { row, label in
      let excess = thresholds.indices.map { Double(input.probabilities[row, $0]) - thresholds[$0] }
      let other = excess.indices.filter { $0 != label }.max { excess[$0] < excess[$1] } ?? label
      return Float(excess[other] - excess[label])
    }
    return Detection(scores: scores)
  }
}

import Model
import Numerics
import Scanning

/// Confident joint: a sample counts as class k when p_k reaches the mean self-confidence t_k of class k. Its score is
/// how far the best other class lies above its threshold, less how far the given one lies above its own (Northcutt
/// et al., 2021, section 3.1). Range −2...2; NaN without a label.
struct ConfidentLearning: Detector {
  let info = DetectorInfo(
    name: "confident-learning", family: .labels,
    summary: "confidently predicted as another class")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    let thresholds = input.rowsByClass.indices.map { label in
      Statistics.mean(input.rowsByClass[label].map { input.probabilities[$0, label] })
    }
    let scores = try Needs.scoreLabelled(input) { row, label in
      let excess = thresholds.indices.map { Double(input.probabilities[row, $0]) - thresholds[$0] }
      let other = excess.indices.filter { $0 != label }.max { excess[$0] < excess[$1] } ?? label
      return Float(excess[other] - excess[label])
    }
    return Detection(scores: scores)
  }
}

import Model
import Scanning

/// 1 − p_y: how little the model believes in the given label (Northcutt, Jiang & Chuang, "Confident learning",
/// JAIR 2021, section 3). Range 0...1; NaN without a label.
struct SelfConfidence: Detector {
  let info = DetectorInfo(
    name: "self-confidence", family: .labels, summary: "low predicted probability of the given label")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(scores: try Needs.scoreLabelled(input) { 1 - input.probabilities[$0, $1] })
  }
}

import Model
import Scanning

/// 1 − (p_y − max_{k≠y} p_k + 1)/2, the normalised margin turned around (Northcutt et al., 2021). Range 0...1; NaN
/// without a label.
struct Margin: Detector {
  let info = DetectorInfo(
    name: "margin", family: .labels, summary: "another label is predicted as more probable")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(
      scores: try Needs.scoreLabelled(input) { row, label in
        let best = (0..<input.classCount).reduce(Float(0)) { best, other in
          other == label ? best : max(best, input.probabilities[row, other])
        }
        return (best - input.probabilities[row, label] + 1) / 2
      })
  }
}

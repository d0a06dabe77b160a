import Scanning

/// ‖p − e_y‖₂: the error of the prediction (Paul, Ganguli & Dziugaite, "Deep learning on a data diet", NeurIPS 2021).
/// Range 0...√2; NaN without a label.
struct EL2N: Detector {
  let info = DetectorInfo(
    name: "el2n", family: .gradients, summary: "large error norm of the prediction")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(scores: try Needs.scoreLabelled(input) { ErrorNorm.of($0, $1, input) })
  }
}

/// ‖p − e_y‖₂: the error of the prediction (Paul, Ganguli & Dziugaite, "Deep learning on a data diet", NeurIPS 2021).
/// Range 0...√2; NaN without a label.
struct EL2N: Detector {
  let info = DetectorInfo(
    name: "el2n", family: .gradients, summary: "the prediction is far from the given label")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    return Detection(scores: Needs.scoreLabelled(input) { ErrorNorm.of($0, $1, input) })
  }
}

/// ‖p − e_y‖·‖h‖: the norm of the last layer's loss gradient (Paul et al., 2021, section 2). Range from 0; NaN without
/// a label or finite features.
struct GraNd: Detector {
  let info = DetectorInfo(name: "grand", family: .gradients, summary: "its loss gradient is large")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    guard input.features.columns > 0 else { throw CannotRun("needs features") }
    return Detection(
      scores: Needs.scoreLabelled(input) { row, label in
        guard !input.unusableRows.contains(row) else { return .nan }
        let features = input.features.row(row)
        return ErrorNorm.of(row, label, input) * features.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      })
  }
}

enum ErrorNorm {
  static func of(_ row: Int, _ label: Int, _ input: ScanInput) -> Float {
    var sum: Float = 0
    for k in 0..<input.classCount {
      let difference = input.probabilities[row, k] - (k == label ? 1 : 0)
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}

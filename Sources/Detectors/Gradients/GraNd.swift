import Scanning

/// ‖p − e_y‖·‖h‖: the norm of the last layer's loss gradient (Paul et al., 2021, section 2). Range from 0; NaN without
/// a label or finite features.
struct GraNd: Detector {
  let info = DetectorInfo(name: "grand", family: .gradients, summary: "large loss gradient norm")
  func run(on input: ScanInput) throws -> Detection {
    try Needs.probabilities(input)
    guard input.features.columns > 0 else { throw CannotRun("needs features") }
    return Detection(
      scores: try Needs.scoreLabelled(input) { row, label in
        guard !input.unusableRows.contains(row) else { return .nan }
        let features = input.features.row(row)
        return ErrorNorm.of(row, label, input) * features.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      })
  }
}

import Model
import Scanning

/// Mean distance to the ten nearest of all samples (Ramaswamy et al., 2000). Range from 0; NaN without finite
/// features.
struct NeighborDistance: Detector {
  let info = DetectorInfo(
    name: "neighbor-distance", family: .density, summary: "far from every other sample")
  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let scores = MeanDistance.scores(input.neighbors, k: 10, excluding: input.unusableRows)
    return Detection(
      scores: scores,
      findings: OutlyingGroups.findings(
        scores, input, what: "are more isolated"))
  }
}

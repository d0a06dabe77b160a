import Model
import Scanning

/// Mean distance to the ten nearest of the same class over the class's median of it: how far a sample lies from its
/// own (Ramaswamy, Rastogi & Shim, SIGMOD 2000, within classes). Range from 0; NaN without finite features, and in
/// classes of one.
struct ClassDistance: Detector {
  let info = DetectorInfo(
    name: "class-distance", family: .density, summary: "far from the rest of its class")
  func run(on input: ScanInput) throws -> Detection {
    guard input.classNeighbors.k > 0 else {
      throw CannotRun("needs labels, features and 2 samples of a class")
    }
    let raw = MeanDistance.scores(input.classNeighbors, k: 10, excluding: input.unusableRows)
    return Detection(scores: ClassMedian.divide(raw, input.rowsByClass))
  }
}

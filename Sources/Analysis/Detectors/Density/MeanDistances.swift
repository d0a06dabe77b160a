import Model

/// Mean distance to the ten nearest of the same class over the class's median of it: how far a sample lies from its
/// own (Ramaswamy, Rastogi & Shim, SIGMOD 2000, within classes). Range from 0; NaN without finite features, and in
/// classes of one.
struct ClassDistance: Detector {
  let info = DetectorInfo(
    name: "class-distance", family: .density, summary: "far from the others of its class")
  func run(on input: ScanInput) throws -> Detection {
    guard input.classNeighbors.k > 0 else {
      throw CannotRun("needs labels, features and 2 samples of a class")
    }
    let raw = MeanDistance.scores(input.classNeighbors, k: 10, excluding: input.unusableRows)
    return Detection(scores: ClassMedian.divide(raw, input.rowsByClass))
  }
}

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
      findings: OutlierTail.findings(
        scores, input, what: "lie farther from all others"))
  }
}

enum MeanDistance {
  static func scores(_ table: NeighborTable, k: Int, excluding unusable: Set<Int>) -> [Float] {
    let used = min(k, table.k)
    return (0..<table.indices.count / table.k).map { row in
      guard !unusable.contains(row) else { return .nan }
      let places = (row * table.k..<row * table.k + used).filter { table.indices[$0] >= 0 }
      guard !places.isEmpty else { return .nan }
      return places.reduce(Float(0)) { $0 + table.distances[$1] } / Float(places.count)
    }
  }
}

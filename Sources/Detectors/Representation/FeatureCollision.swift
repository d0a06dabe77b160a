import Glibc
import Model
import Numerics
import Scanning

/// How much nearer a sample is to its ten nearest in the embedding than in its payload: the mean log of the distance in
/// input features over that in the embedding, each relative to the median of all such pairs, plus the share of the ten
/// with another label (Shafahi et al., "Poison frogs!", NeurIPS 2018, make such samples). Range unbounded; NaN without
/// finite features.
struct FeatureCollision: Detector {
  let info = DetectorInfo(
    name: "feature-collision", family: .representation,
    summary: "near in the embedding to samples of far other content")
  private static let k = 10

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    guard input.dataset.features != nil, input.features !== input.inputFeatures,
      input.inputFeatures.columns > 0
    else {
      throw CannotRun("needs an embedding beside the payload")
    }
    let table = input.neighbors
    let used = min(Self.k, table.k)
    let inner = (0..<input.count).map { row -> [Float] in
      guard !input.unusableRows.contains(row) else { return [] }
      return table.neighbors(of: row, limit: used).map {
        Distance.squared(input.inputFeatures.row(row), input.inputFeatures.row($0)).squareRoot()
      }
    }
    let outer = (0..<input.count).map { row in
      inner[row].indices.map { table.distances[row * table.k + $0] }
    }
    let usualInner = Float(max(Statistics.median(inner.joined()), 1e-30))
    let usualOuter = Float(max(Statistics.median(outer.joined()), 1e-30))
    // Copies are at distance 0 in both: the floor keeps their logarithms finite and alike.
    let floor: Float = 0.01
    return Detection(
      scores: (0..<input.count).map { row in
        guard !inner[row].isEmpty else { return .nan }
        let ratios = zip(inner[row], outer[row]).reduce(Float(0)) { sum, pair in
          sum + log((pair.0 / usualInner + floor) / (pair.1 / usualOuter + floor))
        }
        let others = table.neighbors(of: row, limit: used).count { input.labels[$0] != input.labels[row] }
        return (ratios + Float(others)) / Float(inner[row].count)
      })
  }
}

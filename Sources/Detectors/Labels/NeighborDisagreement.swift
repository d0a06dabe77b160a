import Model
import Scanning

/// Share of the nearest neighbors (k = 25, fewer where there are fewer) that have another label, each weighted by
/// 1/(1 + distance/median distance): the k-nearest-neighbor rule against label noise (Wilson, 1972; Bahri, Jiang &
/// Gupta, "Deep k-NN for noisy labels", ICML 2020). Range 0...1; NaN without a label or finite features.
struct NeighborDisagreement: Detector {
  let info = DetectorInfo(
    name: "neighbor-disagreement", family: .labels, summary: "nearest neighbors have other labels")
  private static let k = 25

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let used = min(Self.k, table.k)
    return Detection(
      scores: try Needs.scoreLabelled(input) { row, label in
        guard !input.unusableRows.contains(row) else { return .nan }
        var entries: [Int] = []
        entries.reserveCapacity(used)
        for entry in row * table.k..<row * table.k + used {
          let other = Int(table.indices[entry])
          if other >= 0, input.labels[other] >= 0 { entries.append(entry) }
        }
        guard let middle = entries.dropFirst(entries.count / 2).first else { return .nan }
        let scale = max(table.distances[middle], .leastNormalMagnitude)
        var all: Float = 0
        var other: Float = 0
        for entry in entries {
          let weight = 1 / (1 + table.distances[entry] / scale)
          all += weight
          if input.labels[Int(table.indices[entry])] != label { other += weight }
        }
        return other / all
      })
  }
}

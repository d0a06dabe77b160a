import Model
import Numerics
import Scanning

/// Local outlier factor over the 20 nearest: the mean local reachability density of the neighbors over the sample's own
/// (Breunig et al., SIGMOD 2000). About 1 within a cloud; NaN without finite features.
struct LocalOutlier: Detector {
  let info = DetectorInfo(
    name: "local-outlier", family: .density, summary: "lower local density than its neighbors")
  private static let k = 20

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let used = min(Self.k, table.k)
    let entries = (0..<input.count).map { row -> [Int] in
      guard !input.unusableRows.contains(row) else { return [] }
      return (row * table.k..<row * table.k + used).filter { table.indices[$0] >= 0 }
    }
    let reach = entries.map { $0.last.map { table.distances[$0] } ?? 0 }
    // Copies lie at distance 0: a small floor keeps their density finite.
    let floor = Float(max(Statistics.median(reach), 1e-30)) * 1e-3
    let density = entries.map { entries -> Float in
      guard !entries.isEmpty else { return .nan }
      let sum = entries.reduce(Float(0)) { sum, entry in
        sum + max(table.distances[entry], reach[Int(table.indices[entry])])
      }
      return 1 / max(sum / Float(entries.count), floor)
    }
    return Detection(
      scores: entries.indices.map { row in
        guard !entries[row].isEmpty else { return .nan }
        let sum = entries[row].reduce(Float(0)) { $0 + density[Int(table.indices[$1])] }
        return sum / Float(entries[row].count) / density[row]
      })
  }
}

import Model
import Numerics
import Scanning

/// Local outlier factor over the 20 nearest: the mean local reachability density of the neighbors over the sample's own
/// (Breunig et al., SIGMOD 2000). About 1 within a cloud; NaN without finite features.
struct LocalOutlier: Detector {
  let info = DetectorInfo(
    name: "local-outlier", family: .density, summary: "in a sparser place than its neighbors are")
  private static let k = 20

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let used = min(Self.k, table.k)
    let places = (0..<input.count).map { row -> [Int] in
      guard !input.unusableRows.contains(row) else { return [] }
      return (row * table.k..<row * table.k + used).filter { table.indices[$0] >= 0 }
    }
    let reach = places.map { $0.last.map { table.distances[$0] } ?? 0 }
    // Copies lie at distance 0: a small floor keeps their density finite.
    let floor = Float(max(Statistics.median(reach), 1e-30)) * 1e-3
    let density = places.map { places -> Float in
      guard !places.isEmpty else { return .nan }
      let sum = places.reduce(Float(0)) { sum, place in
        sum + max(table.distances[place], reach[Int(table.indices[place])])
      }
      return 1 / max(sum / Float(places.count), floor)
    }
    return Detection(
      scores: places.indices.map { row in
        guard !places[row].isEmpty else { return .nan }
        let sum = places[row].reduce(Float(0)) { $0 + density[Int(table.indices[$1])] }
        return sum / Float(places[row].count) / density[row]
      })
  }
}

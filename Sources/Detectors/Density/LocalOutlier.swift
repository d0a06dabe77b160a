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
    // Missing neighbors stand last.
    let known = (0..<input.count).map { row -> Range<Int> in
      let first = row * table.k
      guard !input.unusableRows.contains(row) else { return first..<first }
      var end = first
      while end < first + used, table.indices[end] >= 0 { end += 1 }
      return first..<end
    }
    let reach = known.map { $0.last.map { table.distances[$0] } ?? 0 }
    // Copies lie at distance 0: a small floor keeps their density finite.
    let floor = Float(max(Statistics.median(reach), 1e-30)) * 1e-3
    let density = try input.workers.map(count: input.count, blockSize: 4096) { rows in
      rows.map { row -> Float in
        guard !known[row].isEmpty else { return .nan }
        var sum: Float = 0
        for entry in known[row] { sum += max(table.distances[entry], reach[Int(table.indices[entry])]) }
        return 1 / max(sum / Float(known[row].count), floor)
      }
    }.flatMap { $0 }
    let scores = try input.workers.map(count: input.count, blockSize: 4096) { rows in
      rows.map { row -> Float in
        guard !known[row].isEmpty else { return .nan }
        var sum: Float = 0
        for entry in known[row] { sum += density[Int(table.indices[entry])] }
        return sum / Float(known[row].count) / density[row]
      }
    }.flatMap { $0 }
    return Detection(scores: scores)
  }
}

import Model
import Scanning

/// Counts of nearest neighbors that share something with a sample, against what chance gives.
struct NeighborExcess {
  struct Test: Sendable {
    /// Share of all samples that share it with the row.
    let share: @Sendable (_ row: Int) -> Double
    let isShared: @Sendable (_ row: Int, _ other: Int) -> Bool
  }
  private static let neighborCounts = [10, 30]

  /// The highest ratio of each row; NaN for rows that do not take part.
  let scores: [Float]

  init(_ input: ScanInput, tests: [Test], takesPart: @Sendable (_ row: Int) -> Bool) throws {
    let table = input.neighbors
    let counts = Self.neighborCounts.map { min($0, table.k) }
    var scores = (0..<input.count).map { row in
      takesPart(row) && !input.unusableRows.contains(row) ? Float(0) : .nan
    }
    for test in tests {
      try input.checkCancellation()
      let hits = try input.workers.map(count: input.count, blockSize: 2048) { range in
        range.map { row -> [Int] in
          guard takesPart(row), !input.unusableRows.contains(row) else { return [] }
          var hits = 0
          var reached: [Int] = []
          for (index, entry) in (row * table.k..<row * table.k + (counts.max() ?? 0)).enumerated() {
            let other = Int(table.indices[entry])
            if other >= 0, test.isShared(row, other) { hits += 1 }
            if counts.contains(index + 1) { reached.append(hits) }
          }
          return reached
        }
      }.flatMap { $0 }
      for (index, count) in counts.enumerated() where index == 0 || count > counts[index - 1] {
        let taking = hits.indices.filter { hits[$0].count > index }
        let factor = Self.naturalFactor(
          taking.map { (Double(hits[$0][index]) / Double(count), test.share($0)) })
        for row in taking {
          let share = min(1 - 1e-6, test.share(row) * factor)
          scores[row] = max(scores[row], Float(Excess.ratio(hits[row][index], of: count, share: share)))
        }
      }
    }
    self.scores = scores
  }

  /// By how much neighbors share more than chance in the set at large (a contributor sends alike samples), from the
  /// nine tenths that share least; at least 1.
  private static func naturalFactor(_ shares: [(found: Double, expected: Double)]) -> Double {
    let kept = shares.sorted { $0.found - $0.expected < $1.found - $1.expected }.prefix(shares.count * 9 / 10)
    let expected = kept.reduce(0) { $0 + $1.expected }
    return expected > 0 ? max(1, kept.reduce(0) { $0 + $1.found } / expected) : 1
  }
}

import Model
import Numerics
import Scanning

/// Counts of nearest neighbors that lie within some reach of a sample, against what chance gives.
struct NeighborExcess {
  /// Neighbors that are counted, the fewer first.
  private static let neighborCounts = [10, 30]

  /// The highest ratio of each row; NaN for rows that do not take part.
  let scores: [Float]

  /// - Parameters:
  ///   - reaches: within which neighbors are counted, each by itself, rising.
  ///   - share: of all samples, the share that lies within a reach of the row.
  ///   - gap: how far apart two samples lie; nil where the other has no place.
  init(
    _ input: ScanInput, reaches: [Int], takesPart: @Sendable (_ row: Int) -> Bool,
    share: @Sendable (_ row: Int, _ reach: Int) -> Double,
    gap: @Sendable (_ row: Int, _ other: Int) -> Int?
  ) throws {
    let table = input.neighbors
    let counts = Set(Self.neighborCounts.map { min($0, table.k) }).sorted()
    let rows = (0..<input.count).filter { takesPart($0) && !input.unusableRows.contains($0) }
    // One look at each neighbor serves all reaches: neighbors lie anywhere in memory.
    let (width, farthest) = (reaches.count * counts.count, reaches.last ?? 0)
    let hits = try input.workers.map(count: rows.count, blockSize: 2048) { range in
      try input.checkCancellation()
      var hits = [UInt8](repeating: 0, count: range.count * width)
      for (place, row) in rows[range].enumerated() {
        for index in 0..<(counts.last ?? 0) {
          let other = Int(table.indices[row * table.k + index])
          guard other >= 0, let gap = gap(row, other), gap <= farthest else { continue }
          for (reach, limit) in reaches.enumerated() where gap <= limit {
            for (column, count) in counts.enumerated() where index < count {
              hits[place * width + reach * counts.count + column] += 1
            }
          }
        }
      }
      return hits
    }.flatMap { $0 }
    var scores = [Float](repeating: .nan, count: input.count)
    for row in rows { scores[row] = 0 }
    for (index, reach) in reaches.enumerated() {
      for (column, count) in counts.enumerated() {
        try input.checkCancellation()
        let own = rows.indices.map { Int(hits[$0 * width + index * counts.count + column]) }
        let shares = rows.map { share($0, reach) }
        let factor = Self.naturalFactor(
          zip(own, shares).map { Difference(found: Double($0) / Double(count), expected: $1) })
        for (place, row) in rows.enumerated() {
          let share = min(1 - 1e-6, shares[place] * factor)
          scores[row] = max(scores[row], Float(Excess.ratio(own[place], of: count, share: share)))
        }
      }
    }
    self.scores = scores
  }

  private struct Difference: Comparable {
    let found: Double
    let expected: Double
    static func < (a: Self, b: Self) -> Bool { a.found - a.expected < b.found - b.expected }
  }

  /// By how much neighbors share more than chance in the set at large (a contributor sends alike samples), from the
  /// nine tenths that share least; at least 1.
  private static func naturalFactor(_ shares: [Difference]) -> Double {
    var shares = shares
    let count = shares.count * 9 / 10
    shares.withUnsafeMutableBufferPointer { Selection.select(count, of: $0) }
    let expected = shares[..<count].reduce(0) { $0 + $1.expected }
    return expected > 0 ? max(1, shares[..<count].reduce(0) { $0 + $1.found } / expected) : 1
  }
}

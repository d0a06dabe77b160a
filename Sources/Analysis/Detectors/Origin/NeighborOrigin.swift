import Glibc
import Model

/// How many of a sample's nearest neighbors arrived within the same few arrivals, where samples that only look alike
/// are spread over the whole time: the highest log likelihood ratio over 10 and 30 neighbors and windows of 8, 32, 128
/// ... arrivals to either side. Range from 0; NaN without a time or finite features.
///
/// By chance the neighbors' times are drawn without replacement from all, so that exp(−ratio) bounds the probability of
/// each count (Hoeffding, 1963). Alike messages that are sent in one go, natural or not, are told apart from the many
/// short ones that people send at any time.
struct NeighborTimes: Detector {
  let info = DetectorInfo(
    name: "neighbor-times", family: .origin, summary: "samples like it arrived at the same time")

  func run(on input: ScanInput) throws -> Detection {
    let arrivals = try input.derived(ArrivalOrder.init)
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let places = arrivals.places
    var reaches: [Int] = []
    var reach = 8
    while reach * 16 <= max(arrivals.rows.count, 128) {
      reaches.append(reach)
      reach *= 4
    }
    let all = arrivals.rows.count
    let tests = reaches.map { reach in
      NeighborExcess.Test(share: { _ in min(1, Double(2 * reach) / Double(all - 1)) }) { row, other in
        places[other] >= 0 && abs(places[other] - places[row]) <= reach
      }
    }
    let excess = try NeighborExcess(input, tests: tests) { places[$0] >= 0 }
    return Detection(scores: excess.scores)
  }
}

/// How many of a sample's nearest neighbors come from its own source: the higher log likelihood ratio over 10 and 30
/// neighbors against the source's share. Range from 0; NaN without a source or finite features. Bound as for
/// `NeighborTimes`.
struct NeighborSources: Detector {
  let info = DetectorInfo(
    name: "neighbor-sources", family: .origin, summary: "samples like it come from the same source")

  func run(on input: ScanInput) throws -> Detection {
    guard let sources = input.dataset.sources, sources.codes.count == input.count else {
      throw CannotRun("needs sources")
    }
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let codes = sources.codes
    var sizes = [Int](repeating: 0, count: sources.names.count)
    for code in codes where code >= 0 { sizes[Int(code)] += 1 }
    guard sizes.count(where: { $0 > 0 }) >= 2 else { throw CannotRun("needs at least 2 sources") }
    let counts = sizes
    let others = Double(max(1, input.count - 1))
    let test = NeighborExcess.Test(share: { Double(counts[Int(codes[$0])] - 1) / others }) { row, other in
      codes[other] == codes[row]
    }
    let excess = try NeighborExcess(input, tests: [test]) { codes[$0] >= 0 }
    return Detection(scores: excess.scores)
  }
}

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
          for (index, place) in (row * table.k..<row * table.k + (counts.max() ?? 0)).enumerated() {
            let other = Int(table.indices[place])
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

import Numerics

/// Class shares among the nearest neighbors of each row, itself left out, with any group of rows held out: a probe that
/// follows curved borders, and that needs no fit to hold rows out.
package struct NeighborVotes: Sendable {
  /// Neighbors of a row that vote, at most.
  package static let voters = 15

  private let neighbors: NeighborTable
  /// Nearest neighbors of a row among which the voters are looked for.
  private let reach: Int
  /// -1 for rows that do not vote.
  private let labels: [Int]
  private let prior: [Float]
  /// [N, K]: class shares where nobody is held out.
  package private(set) var leaveOneOut: [Float] = []
  /// [N, voters]: the neighbors that vote where nobody is held out, rising, with the greatest number where there are fewer.
  /// Beside each other, as of most rows no more is looked at.
  private let voting: [Int32]
  private var classCount: Int { prior.count }

  /// - Parameters:
  ///   - labels: -1 for rows that do not vote.
  ///   - extra: samples that each class counts more than it has, for its share of the set. Of 0 a class without samples gets
  ///     no probability.
  ///   - reach: nearest neighbors of a row among which the voters are looked for. Where no more than may vote, one without a
  ///     label leaves its vote out; where more, the next nearest votes in its place.
  /// - Throws: never.
  package init(
    neighbors: NeighborTable, labels: [Int], classCount: Int, extra: Float = 1, reach: Int = .max,
    workers: Workers = Workers(threads: 1)
  ) throws {
    self.neighbors = neighbors
    self.labels = labels
    let reach = min(reach, neighbors.k)
    self.reach = reach
    let prior = Self.prior(labels, classCount: classCount, extra: extra)
    self.prior = prior
    var votes = Votes()
    votes.voting.reserveCapacity(labels.count * Self.voters)
    votes.shares.reserveCapacity(labels.count * classCount)
    try workers.reduce(count: labels.count, blockSize: Self.blockRows, into: &votes) {
      Votes(of: $0, neighbors, reach: reach, labels, prior)
    } merge: {
      $0.voting += $1.voting
      $0.shares += $1.shares
    }
    voting = votes.voting
    leaveOneOut = votes.shares
  }

  private static let blockRows = 8192

  /// Shares of the classes, alike where no row has a label.
  private static func prior(_ labels: [Int], classCount: Int, extra: Float) -> [Float] {
    var counts = [Float](repeating: extra, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 1 / Float(classCount) }
  }

  /// Who votes for some rows, and what for.
  private struct Votes {
    var voting: [Int32] = []
    var shares: [Float] = []

    init() {}

    init(of rows: Range<Int>, _ neighbors: NeighborTable, reach: Int, _ labels: [Int], _ prior: [Float]) {
      voting = [Int32](repeating: .max, count: rows.count * NeighborVotes.voters)
      shares = [Float](repeating: 0, count: rows.count * prior.count)
      neighbors.indices.withUnsafeBufferPointer { indices in
        voting.withUnsafeMutableBufferPointer { voting in
          for (place, row) in rows.enumerated() {
            let first = place * NeighborVotes.voters
            var (count, entry) = (0, row * neighbors.k)
            let end = entry + reach
            while count < NeighborVotes.voters, entry < end {
              let other = indices[entry]
              entry += 1
              guard other >= 0, labels[Int(other)] >= 0 else { continue }
              voting[first + count] = other
              shares[place * prior.count + labels[Int(other)]] += 1
              count += 1
            }
            var own = UnsafeMutableBufferPointer(rebasing: voting[first..<first + count])
            own.sort()
            let weight = 1 / Float(count + 1)
            for k in prior.indices {
              shares[place * prior.count + k] = (shares[place * prior.count + k] + prior[k]) * weight
            }
          }
        }
      }
    }
  }

  /// [rows, K], without the neighbors that are `heldOut`, by row.
  package func shares(of rows: [Int32], heldOut: [Bool]) -> [Float] {
    var result = [Float](repeating: 0, count: rows.count * classCount)
    shares(of: rows, heldOut: heldOut, through: .max - 1, into: &result)
    return result
  }

  /// By row each class's share of the votes and of one vote more, which is split by the class shares of the set, so that no
  /// probability is 0.
  ///
  /// - Parameters:
  ///   - last: the last row that is held out.
  ///   - result: the first values of which become [rows, K].
  package func shares(of rows: [Int32], heldOut: [Bool], through last: Int32, into result: inout [Float]) {
    let classCount = classCount
    result.withUnsafeMutableBufferPointer { result in
      leaveOneOut.withUnsafeBufferPointer { known in
        RowLookup.forEachMarked(
          rows, neighbors: voting, width: Self.voters, through: last, marks: heldOut
        ) { index, isMarked in
          let (row, first) = (Int(rows[index]), index * classCount)
          // Of most rows no neighbor that votes is held out.
          if isMarked {
            count(row, heldOut: heldOut) { result[first + $0] = $1 }
          } else {
            for k in 0..<classCount { result[first + k] = known[row * classCount + k] }
          }
        }
      }
    }
  }

  @inline(__always)
  private func count(_ row: Int, heldOut: [Bool], _ body: (_ label: Int, _ share: Float) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: classCount) { votes in
      votes.initialize(repeating: 0)
      var count = 0
      neighbors.indices.withUnsafeBufferPointer { indices in
        for entry in row * neighbors.k..<row * neighbors.k + reach where count < Self.voters {
          let other = Int(indices[entry])
          guard other >= 0, labels[other] >= 0, !heldOut[other] else { continue }
          votes[labels[other]] += 1
          count += 1
        }
      }
      let weight = 1 / Float(count + 1)
      for k in 0..<classCount { body(k, (votes[k] + prior[k]) * weight) }
    }
  }
}

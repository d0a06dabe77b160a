import Learning
import Model

/// Class shares among the nearest neighbors of each row, with any group of rows held out: a probe that follows curved
/// borders, and that needs no fit to hold rows out.
package struct NeighborVotes: Sendable {
  /// Neighbors that vote: those of `NeighborProbe`.
  static let voters = NeighborProbe.k

  private let neighbors: NeighborTable
  /// -1 for rows that do not vote.
  private let labels: [Int]
  private let prior: [Float]
  /// [N, K]: class shares where nobody is held out.
  package private(set) var leaveOneOut: [Float] = []
  /// [N, voters]: the neighbors that vote where nobody is held out, −1 where there are fewer. Beside each other, as of most
  /// rows no more is looked at.
  private let voting: [Int32]
  private var classCount: Int { prior.count }

  package init(neighbors: NeighborTable, labels: [Int], classCount: Int) {
    self.neighbors = neighbors
    self.labels = labels
    var counts = [Float](repeating: 1, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    prior = counts.map { $0 / total }
    var voting = [Int32](repeating: -1, count: labels.count * Self.voters)
    neighbors.indices.withUnsafeBufferPointer { indices in
      voting.withUnsafeMutableBufferPointer { voting in
        labels.withUnsafeBufferPointer { labels in
          for row in labels.indices {
            var (next, entry) = (row * Self.voters, row * neighbors.k)
            while next < (row + 1) * Self.voters, entry < (row + 1) * neighbors.k {
              let other = indices[entry]
              entry += 1
              guard other >= 0, labels[Int(other)] >= 0 else { continue }
              voting[next] = other
              next += 1
            }
          }
        }
      }
    }
    self.voting = voting
    let nobody = [Bool](repeating: false, count: labels.count)
    var shares = [Float](repeating: 0, count: labels.count * classCount)
    for row in labels.indices {
      count(row, heldOut: nobody) { shares[row * classCount + $0] = $1 }
    }
    leaveOneOut = shares
  }

  /// [rows, K], without the neighbors that are `heldOut`, by row.
  package func shares(of rows: [Int32], heldOut: [Bool]) -> [Float] {
    var result = [Float](repeating: 0, count: rows.count * classCount)
    result.withUnsafeMutableBufferPointer { result in
      for (index, row) in rows.enumerated() {
        shares(of: Int(row), heldOut: heldOut) { k, share in result[index * classCount + k] = share }
      }
    }
    return result
  }

  /// Calls `body` with each class and its share of the votes and of one vote more, which is split by the class shares of the
  /// set, so that no probability is 0.
  @inline(__always)
  func shares(of row: Int, heldOut: [Bool], _ body: (_ label: Int, _ share: Float) -> Void) {
    // Of most rows no neighbor that votes is held out.
    guard isHeldOut(anyOf: row, heldOut) else {
      for k in 0..<classCount { body(k, leaveOneOut[row * classCount + k]) }
      return
    }
    count(row, heldOut: heldOut, body)
  }

  /// Whether a neighbor is held out that would vote if none was. Without a branch in the loop.
  @inline(__always)
  private func isHeldOut(anyOf row: Int, _ heldOut: [Bool]) -> Bool {
    voting.withUnsafeBufferPointer { voting in
      heldOut.withUnsafeBufferPointer { heldOut in
        var isAny = false
        for entry in row * Self.voters..<(row + 1) * Self.voters {
          let other = Int(voting[entry])
          isAny = (other >= 0 && heldOut[other]) || isAny
        }
        return isAny
      }
    }
  }

  @inline(__always)
  private func count(_ row: Int, heldOut: [Bool], _ body: (_ label: Int, _ share: Float) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: classCount) { votes in
      votes.initialize(repeating: 0)
      var count = 0
      neighbors.indices.withUnsafeBufferPointer { indices in
        for entry in row * neighbors.k..<(row + 1) * neighbors.k where count < Self.voters {
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

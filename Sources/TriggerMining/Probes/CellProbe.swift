import Glibc
import Learning

/// The probe for tables: neighbors, since a linear probe would report every curved border. Three questions are asked of
/// each holder, and the answer that is kindest to its label counts:
/// - what do the nearest rows say that do not hold the item? In a natural region the rows next to it say the same.
/// - what do the nearest rows say when the item's own columns, and those that say the same of its holders, are left out?
///   Where other columns go with the label, too, the item is but one of their signs.
/// - what do the rows say that are nearest in the item's columns alone and do not hold it, as many as do? A natural
///   threshold in one column does not end where the item ends.
/// A planted combination is explained by none: beside it and in the other columns its rows are of another class.
package struct CellProbe: HeldOutProbe {
  private let columns: TreeColumns
  package let votes: NeighborVotes
  private let labels: [Int]
  private let prior: [Float]
  private let calibration: Calibration
  /// Columns of the features that belong to the cells of a place.
  private let ownColumns: @Sendable (_ place: Int) -> Set<Int>
  /// These, and those of columns that say the same of the holders: each would explain the other away.
  private let equalColumns: @Sendable (_ holders: [Int32], _ place: Int) -> Set<Int>
  package let leaveOneOut: [Float]

  package init(
    columns: TreeColumns, votes: NeighborVotes, labels: [Int], classCount: Int,
    ownColumns: @escaping @Sendable (_ place: Int) -> Set<Int>,
    equalColumns: @escaping @Sendable (_ holders: [Int32], _ place: Int) -> Set<Int>
  ) {
    self.columns = columns
    self.votes = votes
    self.labels = labels
    self.ownColumns = ownColumns
    self.equalColumns = equalColumns
    let scores = votes.leaveOneOut().map { log($0) }
    calibration = Calibration.fit(scores: scores, labels: labels, classCount: classCount)
    prior = calibration.prior.map(Float.init)
    leaveOneOut = calibration.apply(to: scores)
  }

  package func probabilities(of rows: [Int32], heldOut holders: [Int32], place: Int) -> [Float] {
    var heldOut = [Bool](repeating: false, count: labels.count)
    for row in holders { heldOut[Int(row)] = true }
    let nobody = [Bool](repeating: false, count: labels.count)
    let own = ownColumns(place)
    let equal = equalColumns(holders, place)
    let others = (0..<columns.count).filter { !equal.contains($0) }
    var result = probabilities(votes.shares(of: rows, heldOut: heldOut), without: holders)
    for answer in [
      probabilities(
        shares(among: NeighborVotes.voters, of: rows, in: others, heldOut: nobody), without: []),
      probabilities(
        shares(among: max(NeighborVotes.voters, holders.count), of: rows, in: own.sorted(), heldOut: heldOut),
        without: holders),
    ] {
      result = Self.kinder(result, answer, of: rows, labels: labels, classCount: prior.count)
    }
    return result
  }

  private func probabilities(_ shares: [Float], without holders: [Int32]) -> [Float] {
    calibration.apply(to: shares.map { log($0) }, without: holders, labels: labels)
  }

  /// Class shares among the nearest rows by some columns, with all that are as near as the last of them.
  private func shares(
    among voters: Int, of rows: [Int32], in chosen: [Int], heldOut: [Bool]
  ) -> [Float] {
    let candidates = labels.indices.filter { labels[$0] >= 0 && !heldOut[$0] }
    var distances = [Float](repeating: 0, count: columns.rows)
    return rows.flatMap { row -> [Float] in
      guard !chosen.isEmpty else { return prior }
      columns.squaredDistances(of: Int(row), in: chosen, into: &distances)
      let limit = Self.smallest(voters, of: candidates, by: distances)
      var shares = prior
      var count: Float = 1
      for other in candidates where distances[other] <= limit && other != Int(row) {
        shares[labels[other]] += 1
        count += 1
      }
      return shares.map { $0 / count }
    }
  }

  /// The `count`-th smallest distance of some rows, the largest where there are fewer.
  private static func smallest(_ count: Int, of rows: [Int], by distances: [Float]) -> Float {
    guard count < rows.count else { return .greatestFiniteMagnitude }
    // Insertion is fastest for a few.
    if count > 4 * NeighborVotes.voters { return selected(count - 1, of: rows.map { distances[$0] }) }
    var nearest = [Float](repeating: .infinity, count: count)
    for row in rows where distances[row] < nearest[count - 1] {
      var place = count - 1
      while place > 0, nearest[place - 1] > distances[row] {
        nearest[place] = nearest[place - 1]
        place -= 1
      }
      nearest[place] = distances[row]
    }
    return nearest[count - 1]
  }

  /// What would stand at `place` if the values were sorted, in linear time on average (Hoare, "Algorithm 65: Find", 1961).
  private static func selected(_ place: Int, of values: [Float]) -> Float {
    var values = values
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return values[place]
  }
}

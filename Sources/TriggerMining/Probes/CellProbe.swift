import Glibc
import Learning
import Numerics

/// The probe for tables: neighbors, since a linear probe would report every curved border. Of these predictions for the holders
/// the one counts that gives their labels the largest probabilities:
/// - by the nearest rows that do not hold the item: beside a natural region the labels are the same.
/// - by the nearest rows when the item's columns, and those with a value of their own for the same holders, are left out:
///   where other columns predict the label, too, the item is not its cause.
/// - by the rows that are nearest in the item's columns alone and do not hold it, as many as hold it: beyond a natural
///   threshold in one column the labels are the same.
/// - of an item in one column, by as many rows on its lower or its upper side, where their labels are at least as often its
///   own: above a natural threshold rows are often few and far between, so that the nearest all lie below.
/// A planted combination is explained by none: beside it and in the other columns its rows are of another class.
package struct CellProbe: HeldOutProbe {
  private let features: DenseMatrix
  /// The rows among which neighbors in some of the columns are looked for: all, or every `step`-th.
  private let columns: TreeColumns
  private let step: Int
  package let votes: NeighborVotes
  private let labels: [Int]
  private let prior: [Float]
  private let calibration: Calibration
  /// The table column of each feature.
  private let owners: [Int]
  package let leaveOneOut: [Float]

  /// Rows are compared with so many at most, spread evenly, so that the cost of an answer is bounded.
  private static let maxCompared = 50_000

  package init(
    features: DenseMatrix, owners: [Int], votes: NeighborVotes, labels: [Int], classCount: Int
  ) {
    self.features = features
    step = max(1, (features.rows + Self.maxCompared - 1) / Self.maxCompared)
    columns = TreeColumns(features, step: step)
    self.votes = votes
    self.labels = labels
    self.owners = owners
    let scores = votes.leaveOneOut.map { log($0) }
    calibration = Calibration.fit(scores: scores, labels: labels, classCount: classCount)
    prior = calibration.prior.map(Float.init)
    leaveOneOut = calibration.apply(to: scores)
  }

  package func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float] {
    var heldOut = [Bool](repeating: false, count: labels.count)
    for row in holders { heldOut[Int(row)] = true }
    let nobody = [Bool](repeating: false, count: labels.count)
    let own = featureColumns(of: item.own)
    let equal = featureColumns(of: item.equal)
    let others = (0..<columns.count).filter { !equal.contains($0) }
    let answers =
      [
        probabilities(votes.shares(of: rows, heldOut: heldOut), without: holders),
        probabilities(
          shares(among: NeighborVotes.voters, of: rows, in: others, heldOut: nobody), without: []),
        probabilities(
          shares(
            among: max(NeighborVotes.voters, holders.count / step), of: rows, in: own.sorted(),
            heldOut: heldOut
          ),
          without: holders),
      ]
      + sides(of: rows, in: own.sorted(), heldOut: heldOut).map { shares in
        probabilities(rows.flatMap { _ in shares }, without: holders)
      }
    // One answer for all holders: the best of three for each row would gain by their noise alone.
    return answers.max { given(in: $0, of: rows) < given(in: $1, of: rows) } ?? answers[0]
  }

  /// Class shares of the nearest rows on either side of an item in one column, as many as hold it, where there are enough and
  /// they have the most frequent label of the item's rows as often, but for two standard errors. Beside a combination lies a
  /// narrow strip, whose rows reach too far from the item to say anything of it.
  private func sides(of rows: [Int32], in own: [Int], heldOut: [Bool]) -> [[Float]] {
    let known = rows.map(Int.init).filter { labels[$0] >= 0 }
    let counts = known.reduce(into: [Int: Int]()) { $0[labels[$1], default: 0] += 1 }
    guard own.count == 1, let column = own.first,
      let (label, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
    else { return [] }
    let inside = known.map { features[$0, column] }
    guard let lowest = inside.min(), let highest = inside.max() else { return [] }
    let rate = Float(count + 1) / Float(known.count + 2)
    let least = rate - 2 * (rate * (1 - rate) / Float(known.count)).squareRoot()
    let others = (0..<columns.rows).map { $0 * step }.filter { labels[$0] >= 0 && !heldOut[$0] }
    let sides = [
      others.filter { features[$0, column] < lowest }.sorted { features[$0, column] > features[$1, column] },
      others.filter { features[$0, column] > highest }.sorted { features[$0, column] < features[$1, column] },
    ]
    return sides.filter { $0.count >= NeighborVotes.voters }.map { rows in
      let nearest = rows.prefix(max(NeighborVotes.voters, known.count / step))
      return nearest.reduce(into: prior) { $0[labels[$1]] += 1 }.map { $0 / Float(nearest.count + 1) }
    }.filter { $0[label] >= least }
  }

  /// Summed probability of the rows' own labels.
  private func given(in answer: [Float], of rows: [Int32]) -> Double {
    var sum = 0.0
    for (index, row) in rows.enumerated() where labels[Int(row)] >= 0 {
      sum += Double(answer[index * prior.count + labels[Int(row)]])
    }
    return sum
  }

  private func featureColumns(of columns: [Int]) -> Set<Int> {
    let columns = Set(columns)
    return Set(owners.indices.filter { columns.contains(owners[$0]) })
  }

  private func probabilities(_ shares: [Float], without holders: [Int32]) -> [Float] {
    calibration.apply(to: shares.map { log($0) }, without: holders, labels: labels)
  }

  /// Class shares among the nearest rows by some columns, with all that are as near as the last of them.
  private func shares(
    among voters: Int, of rows: [Int32], in chosen: [Int], heldOut: [Bool]
  ) -> [Float] {
    let candidates = (0..<columns.rows).filter { labels[$0 * step] >= 0 && !heldOut[$0 * step] }
    var distances = [Float](repeating: 0, count: columns.rows)
    return rows.flatMap { row -> [Float] in
      guard !chosen.isEmpty else { return prior }
      let row = Int(row)
      columns.squaredDistances(of: features.row(row), in: chosen, into: &distances)
      if row.isMultiple(of: step) { distances[row / step] = .infinity }
      let limit = Self.smallest(voters, of: candidates, by: distances)
      var shares = prior
      var count: Float = 1
      for other in candidates where distances[other] <= limit && other * step != row {
        shares[labels[other * step]] += 1
        count += 1
      }
      return shares.map { $0 / count }
    }
  }

  /// The `count`-th smallest distance of some rows, the largest where there are fewer.
  private static func smallest(_ count: Int, of rows: [Int], by distances: [Float]) -> Float {
    guard count < rows.count else { return .greatestFiniteMagnitude }
    // Insertion is fastest for a few.
    if count > 4 * NeighborVotes.voters {
      return Selection.value(at: count - 1, of: rows.map { distances[$0] })
    }
    var nearest = [Float](repeating: .infinity, count: count)
    for row in rows where distances[row] < nearest[count - 1] {
      var rank = count - 1
      while rank > 0, nearest[rank - 1] > distances[row] {
        nearest[rank] = nearest[rank - 1]
        rank -= 1
      }
      nearest[rank] = distances[row]
    }
    return nearest[count - 1]
  }
}

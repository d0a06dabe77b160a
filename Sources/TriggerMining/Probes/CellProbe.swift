import Glibc
import Learning
import Model
import Numerics

/// The probe for tables: neighbors, since a linear probe would report every curved border. It makes a prediction for each
/// harmless explanation of the holders' labels:
/// - by the nearest rows that do not hold the item: beside a natural region the labels are the same.
/// - by the nearest rows when the item's columns, and those with a value of their own for the same holders, are left out:
///   where other columns predict the label, too, the item is not its cause.
/// - by the rows that are nearest in the item's columns alone and do not hold it, as many as hold it: beyond a natural
///   threshold in one column the labels are the same.
/// - of an item in one column, by as many rows on its lower and on its upper side: above a natural threshold rows are often
///   few and far between, so that the nearest all lie below; and an item may be all that lies beyond one.
/// A planted combination is explained by none: beside it and in the other columns its rows are of another class.
package struct CellProbe: HeldOutProbe {
  private let table: [TableColumn]
  private let features: DenseMatrix
  /// The rows among which neighbors in some of the columns are looked for: all, or every `step`-th.
  private let columns: TreeColumns
  private let step: Int
  package let votes: NeighborVotes
  private let labels: [Int]
  private let prior: [Float]
  private let calibration: NoisyTemperatureScaling
  /// The table column of each feature.
  private let owners: [Int]
  /// Of each table column whether its values are codes: the usual one is held by rows enough to ask.
  private let isCoded: [Bool]
  package let leaveOneOut: [Float]

  /// Rows are compared with so many at most, spread evenly, so that the cost of an answer is bounded.
  private static let maxCompared = 50_000

  /// - Parameters:
  ///   - features: [N, D], of the columns of `table` that `owners` [D] names.
  ///   - labels: -1 for rows that nothing is learnt from.
  package init(
    table: [TableColumn], features: DenseMatrix, owners: [Int], votes: NeighborVotes, labels: [Int],
    classCount: Int
  ) {
    self.table = table
    self.features = features
    step = max(1, (features.rows + Self.maxCompared - 1) / Self.maxCompared)
    columns = TreeColumns(features, step: step)
    self.votes = votes
    self.labels = labels
    self.owners = owners
    let compared = Array(stride(from: 0, to: features.rows, by: step))
    isCoded = table.map { $0.isCoded(in: compared) }
    let scores = votes.leaveOneOut.map { log($0) }
    calibration = NoisyTemperatureScaling.fit(scores: scores, labels: labels, classCount: classCount)
    prior = calibration.prior.map(Float.init)
    leaveOneOut = calibration.apply(to: scores)
  }

  /// Of the predictions the one that gives the labels of `rows` the largest probabilities: one for all rows, as the best for
  /// each would gain by their noise alone.
  package func probabilities(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns) -> [Float] {
    predictions(of: rows, heldOut: holders, in: item).map(\.probabilities).max {
      given(in: $0, of: rows) < given(in: $1, of: rows)
    } ?? []
  }

  package func predictions(of rows: [Int32], heldOut holders: [Int32], in item: ItemColumns)
    -> [LabelPrediction]
  {
    var heldOut = [Bool](repeating: false, count: labels.count)
    for row in holders { heldOut[Int(row)] = true }
    let nobody = [Bool](repeating: false, count: labels.count)
    let own = featureColumns(of: item.own)
    let equal = featureColumns(of: item.equal)
    let others = (0..<columns.count).filter { !equal.contains($0) }
    return [
      LabelPrediction(probabilities(votes.shares(of: rows, heldOut: heldOut), without: holders)),
      LabelPrediction(
        probabilities(shares(among: NeighborVotes.voters, of: rows, in: others, heldOut: nobody), without: [])
      ),
      LabelPrediction(
        probabilities(
          shares(
            among: max(NeighborVotes.voters, holders.count / step), of: rows, in: own.sorted(),
            heldOut: heldOut
          ),
          without: holders)),
    ]
      + sides(of: rows, in: item.own, heldOut: heldOut).map { side in
        LabelPrediction(
          probabilities(rows.flatMap { _ in side.shares }, without: holders), unexplained: side.unexplained)
      }
      + parts(of: holders, in: item.own, heldOut: heldOut).map { shares in
        LabelPrediction(probabilities(rows.flatMap { _ in shares }, without: holders))
      }
  }

  /// Class shares of the rows that hold one code of a combination without the whole, of each column of codes: what a code goes
  /// with by itself is no evidence against a combination that it is part of. Of measured numbers this cannot be asked: the
  /// others with a planted value are planted as well.
  private func parts(of holders: [Int32], in own: [Int], heldOut: [Bool]) -> [[Float]] {
    let coded = own.count > 1 ? own.filter { isCoded[$0] } : []
    guard !coded.isEmpty else { return [] }
    let others = (0..<columns.rows).map { $0 * step }.filter { labels[$0] >= 0 && !heldOut[$0] }
    return coded.compactMap { column in
      let codes = Set(holders.map { table[column].bits(at: Int($0)) })
      let rows = others.filter { codes.contains(table[column].bits(at: $0)) }
      // What most rows hold says of labels what all of them do.
      let isRare = 2 * rows.count <= others.count
      return isRare && rows.count >= NeighborVotes.voters ? shares(of: rows[...]) : nil
    }
  }

  /// Class shares of the nearest rows on either side of an item in one column of numbers, as many as hold it. A side does not
  /// explain a label that the item's rows have more often, but for two standard errors. Where a side has too few rows, an item of
  /// many values is all that lies beyond a threshold, and only its own rows say what is usual there. Beside a
  /// combination lies a narrow strip, whose rows reach too far from the item to say anything of it.
  private func sides(of rows: [Int32], in own: [Int], heldOut: [Bool]) -> [(
    shares: [Float], unexplained: Set<Int>
  )] {
    guard own.count == 1, let column = own.first, case .numbers(let numbers) = table[column].values else {
      return []
    }
    let known = rows.map(Int.init).filter { labels[$0] >= 0 && numbers[$0].isFinite }
    let values = known.map { numbers[$0] }
    guard let lowest = values.min(), let highest = values.max() else { return [] }
    let others = (0..<columns.rows).map { $0 * step }.filter { labels[$0] >= 0 && !heldOut[$0] }
    let sides = [
      others.filter { numbers[$0] < lowest }.sorted { numbers[$0] > numbers[$1] },
      others.filter { numbers[$0] > highest }.sorted { numbers[$0] < numbers[$1] },
    ]
    let isRange = 2 * Set(values).count > values.count
    let inside = shares(of: known[...])
    return sides.compactMap { rows in
      guard rows.count >= NeighborVotes.voters else { return isRange ? (inside, []) : nil }
      let side = shares(of: rows.prefix(max(NeighborVotes.voters, known.count / step)))
      let unexplained = side.indices.filter { label in
        let rate = inside[label]
        return side[label] < rate - 2 * (rate * (1 - rate) / Float(known.count)).squareRoot()
      }
      return (side, Set(unexplained))
    }
  }

  /// Class shares of some rows with a label, and of the prior as of one more.
  private func shares(of rows: ArraySlice<Int>) -> [Float] {
    rows.reduce(into: prior) { $0[labels[$1]] += 1 }.map { $0 / Float(rows.count + 1) }
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
    guard !chosen.isEmpty else { return rows.flatMap { _ in prior } }
    // Added to their distances: infinite for rows that do not vote.
    let silence = (0..<columns.rows).map { row -> Float in
      labels[row * step] >= 0 && !heldOut[row * step] ? 0 : .infinity
    }
    let voting = silence.count { $0 == 0 }
    var distances = [Float](repeating: 0, count: columns.rows)
    return rows.flatMap { row -> [Float] in
      let row = Int(row)
      columns.squaredDistances(of: features.row(row), in: chosen, into: &distances)
      if row.isMultiple(of: step) { distances[row / step] = .infinity }
      let limit = voters < voting ? Self.smallest(voters, of: distances, silence) : .greatestFiniteMagnitude
      var shares = prior
      var count: Float = 1
      Self.forEach(of: distances, silence, below: limit.nextUp) { _, other, _ in
        shares[labels[other * step]] += 1
        count += 1
      }
      return shares.map { $0 / count }
    }
  }

  /// The `count`-th smallest distance of the rows that are not silent.
  private static func smallest(_ count: Int, of distances: [Float], _ silence: [Float]) -> Float {
    // Insertion is fastest for a few.
    if count > 4 * NeighborVotes.voters {
      return Selection.value(at: count - 1, of: zip(distances, silence).map { $0 + $1 })
    }
    var nearest = [Float](repeating: .infinity, count: count)
    forEach(of: distances, silence, below: .infinity) { distance, _, limit in
      var rank = count - 1
      while rank > 0, nearest[rank - 1] > distance {
        nearest[rank] = nearest[rank - 1]
        rank -= 1
      }
      nearest[rank] = distance
      limit = nearest[count - 1]
    }
    return nearest[count - 1]
  }

  /// - Parameter body: may lower the limit.
  @inline(__always)
  private static func forEach(
    of distances: [Float], _ silence: [Float], below limit: Float,
    _ body: (_ distance: Float, _ row: Int, _ limit: inout Float) -> Void
  ) {
    distances.withUnsafeBufferPointer { distances in
      silence.withUnsafeBufferPointer { silence in
        guard let distance = distances.baseAddress, let silent = silence.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { limits in
          limits.initialize(repeating: limit)
          guard let limit = limits.baseAddress else { return }
          ThresholdScan.below(limit, product: distance, norms: silent, range: 0..<distances.count) {
            body($0, $1, &limit.pointee)
          }
        }
      }
    }
  }
}

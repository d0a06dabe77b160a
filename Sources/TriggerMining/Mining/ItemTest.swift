import Learning
import Numerics

/// Tests items against what a probe expects of their holders. It owns the sums over an item, so each thread has one.
package struct ItemTest {
  let expectation: LabelExpectation
  private var heldOut: [Bool]
  private var voting: [Int32] = []
  private var shares: [Float] = []
  /// [3, `width`]: of the holders the count of each label, Σq and Σq².
  private var sums: [Float]
  /// K or somewhat more.
  private let width: Int
  /// Tests that the last item took, which the correction counts: one a label among its holders, and the test that names
  /// none.
  private(set) var testsOfLast = 0

  package init(expectation: LabelExpectation) {
    self.expectation = expectation
    width = expectation.records.width
    sums = [Float](repeating: 0, count: 3 * width)
    heldOut = [Bool](repeating: false, count: expectation.labels.count)
  }

  /// Against the leave-one-out probabilities of the expectation: the label that stands out most among the rows
  /// (ascending, each once), or the test without a label if that is stronger. Nil with fewer than
  /// `MiningParameters.minHolders` holders.
  package mutating func screen(_ rows: UnsafeBufferPointer<Int32>) -> ItemStatistic? {
    strongest(expectation.records.sum(rows, into: &sums), share: 1)
  }

  /// Whether some label is more frequent among the holders last tested than in the set. An item of which none is cannot
  /// be a trigger, whatever a probe says of it.
  var exceedsSet: Bool {
    let holders = Double(sums[..<expectation.classCount].reduce(0, +))
    let all = Double(expectation.classSizes.reduce(0, +))
    return expectation.classSizes.indices.contains { k in
      let share = Double(sums[k]) / holders
      let expected = Double(expectation.classSizes[k]) / all
      return share > expected && holders * ItemStatistic.divergence(share, expected) > 1
    }
  }

  /// Against the votes of the nearest neighbors that do not hold the item, which have not learnt a trigger that the probe
  /// has learnt. Of more than `MiningParameters.maxVoting` rows, a sample spread evenly.
  package mutating func screen(_ rows: UnsafeBufferPointer<Int32>, votes: NeighborVotes) -> ItemStatistic? {
    for row in rows { heldOut[Int(row)] = true }
    defer { for row in rows { heldOut[Int(row)] = false } }
    let sample = EvenSample(of: rows.count, limit: MiningParameters.maxVoting)
    voting.removeAll(keepingCapacity: true)
    for index in 0..<sample.count { voting.append(rows[sample[index]]) }
    let classCount = expectation.classCount
    let needed = voting.count * classCount
    if shares.count < needed { shares += [Float](repeating: 0, count: needed - shares.count) }
    votes.shares(of: voting, heldOut: heldOut, through: rows.last ?? -1, into: &shares)
    return strongest(sum(of: voting, against: shares), share: sample.share)
  }

  /// Against the predictions of a probe that has not seen the holders. Each stands for a harmless explanation, and an item is
  /// a trigger only if none of them holds: of each label the statistic counts that is weakest over the predictions that explain
  /// it (intersection-union test: Berger, 1982), so that no correction is needed for their number.
  /// - Parameter share: of the holders, the share that `rows` are.
  package mutating func confirm(_ rows: [Int32], share: Double = 1, predictions: [LabelPrediction])
    -> ItemStatistic?
  {
    var weakest: [ItemStatistic] = []
    for prediction in predictions {
      let surprises = sum(of: rows, against: prediction.probabilities)
      guard let unnamed = unnamed(surprises, share: share) else { return nil }
      let statistics = [unnamed] + named(share: share).map { named($0, holders: surprises[0]) }
      weakest =
        weakest.isEmpty
        ? statistics
        : zip(weakest, statistics).map {
          prediction.unexplained.contains($1.label) ? $0 : Self.weaker($0, $1)
        }
    }
    return weakest.first.map { weakest.dropFirst().reduce($0, Self.stronger) }
  }

  /// Of the holders last summed, the label that stands out most, or the test that names none.
  private mutating func strongest(_ surprises: SIMD4<Float>, share: Double) -> ItemStatistic? {
    guard var strongest = unnamed(surprises, share: share) else { return nil }
    testsOfLast = 1
    for k in named(share: share) {
      testsOfLast += 1
      strongest = Self.stronger(strongest, named(k, holders: surprises[0]))
    }
    return strongest
  }

  /// Sums over the holders that have a label: weight, surprise, its expectation and its variance; and into `sums`.
  /// - Parameter prediction: the first entries of which are [rows, K].
  private mutating func sum(of rows: [Int32], against prediction: [Float]) -> SIMD4<Float> {
    let (expectation, classCount, width) = (expectation, expectation.classCount, width)
    var total = SIMD4<Float>.zero
    sums.withUnsafeMutableBufferPointer { sums in
      prediction.withUnsafeBufferPointer { prediction in
        sums.update(repeating: 0)
        for (index, row) in rows.enumerated() {
          let label = expectation.labels[Int(row)]
          guard label >= 0 else { continue }
          let q = UnsafeBufferPointer(rebasing: prediction[index * classCount..<(index + 1) * classCount])
          let weight = expectation.weights[Int(row)]
          total += LabelExpectation.surprise(q, label: label, weight: weight)
          sums[label] += weight
          for k in 0..<classCount {
            sums[width + k] += weight * q[k]
            sums[2 * width + k] += weight * (q[k] * q[k])
          }
        }
      }
    }
    return total
  }

  /// The labels among the holders last summed that can be named.
  private func named(share: Double) -> some Collection<Int> {
    (0..<expectation.classCount).lazy.filter { [self] in sums[$0] > 0 && !describesClass($0, share: share) }
  }

  private func describesClass(_ k: Int, share: Double) -> Bool {
    Double(sums[k]) > MiningParameters.maxShareOfClass * share * Double(expectation.classSizes[k])
  }

  private func named(_ k: Int, holders: Float) -> ItemStatistic {
    let expected = sums[width + k]
    return ItemStatistic(
      label: k, holders: Double(holders), observed: Double(sums[k]), expected: Double(expected),
      variance: Double(max(0, expected - sums[2 * width + k])))
  }

  /// The test that names no label. It has no power where a class that would be named is not tested.
  private func unnamed(_ surprises: SIMD4<Float>, share: Double) -> ItemStatistic? {
    guard surprises[0] >= Float(MiningParameters.minHolders) - 1e-3 else { return nil }
    var statistic = ItemStatistic(
      label: -1, holders: Double(surprises[0]), observed: Double(surprises[1]),
      expected: Double(surprises[2]), variance: Double(surprises[3]))
    if (0..<expectation.classCount).contains(where: { describesClass($0, share: share) }) {
      statistic.observed = min(statistic.observed, statistic.expected)
    }
    return statistic
  }

  private static func weaker(_ a: ItemStatistic, _ b: ItemStatistic) -> ItemStatistic {
    let rho = Dispersion.minimum
    return b.logP(dispersion: rho) > a.logP(dispersion: rho) ? b : a
  }

  /// Of `best` and a statistic that names a label. A label is named unless the test that names none explains more, as a label
  /// is what a person can check.
  private static func stronger(_ best: ItemStatistic, _ next: ItemStatistic) -> ItemStatistic {
    let rho = Dispersion.minimum
    let isStronger =
      best.label < 0
      ? next.logP(dispersion: rho) <= best.logP(dispersion: rho)
      : next.z(dispersion: rho) > best.z(dispersion: rho)
    return isStronger ? next : best
  }
}

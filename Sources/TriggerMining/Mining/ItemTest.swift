/// Tests items against what a probe expects of their holders. It owns the sums over an item, so each thread has one.
package struct ItemTest {
  let expectation: LabelExpectation
  private var heldOut: [Bool]
  private var voting: [Int32] = []
  private var shares: [Float] = []
  /// [3, K]: of the holders the count of each label, Σq and Σq².
  private var sums: [Float]
  /// Tests that the last item took, which the correction counts: one a label among its holders, and the test that names
  /// none.
  private(set) var testsOfLast = 0

  package init(expectation: LabelExpectation) {
    self.expectation = expectation
    sums = [Float](repeating: 0, count: 3 * expectation.classCount)
    heldOut = [Bool](repeating: false, count: expectation.labels.count)
  }

  /// Against the leave-one-out probabilities of the expectation: the label that stands out most among the rows
  /// (ascending, each once), or the test without a label if that is stronger. Nil with fewer than
  /// `MiningParameters.minHolders` holders.
  package mutating func screen(_ rows: UnsafeBufferPointer<Int32>) -> ItemStatistic? {
    let classCount = expectation.classCount
    let surprises = expectation.probabilities.withUnsafeBufferPointer { q in
      expectation.surprises.withUnsafeBufferPointer { surprises in
        sum(rows, q) { _, row in (row * classCount, surprises[row]) }
      }
    }
    guard var strongest = unnamed(surprises, share: 1) else { return nil }
    testsOfLast = 1
    for k in named(share: 1) {
      testsOfLast += 1
      let statistic = named(k, holders: surprises[0])
      if Self.isStronger(statistic, than: strongest) { strongest = statistic }
    }
    return strongest
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
    return confirm(voting, share: sample.share, predictions: [LabelPrediction(shares)])
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
      guard let statistics = statistics(of: rows, share: share, against: prediction.probabilities) else {
        return nil
      }
      weakest =
        weakest.isEmpty
        ? statistics
        : zip(weakest, statistics).map {
          prediction.unexplained.contains($1.label) ? $0 : Self.weaker($0, $1)
        }
    }
    return Self.strongest(of: weakest)
  }

  /// One for the test that names no label, then one for each label among the holders that can be named; nil with fewer than
  /// `MiningParameters.minHolders` holders.
  private mutating func statistics(
    of rows: [Int32], share: Double, against prediction: [Float]
  ) -> [ItemStatistic]? {
    let expectation = expectation
    return rows.withUnsafeBufferPointer { rows in
      prediction.withUnsafeBufferPointer { q in
        let surprises = sum(rows, q) { index, row in
          let first = index * expectation.classCount
          let own = UnsafeBufferPointer(rebasing: q[first..<first + expectation.classCount])
          return (
            first,
            LabelExpectation.surprise(own, label: expectation.labels[row], weight: expectation.weights[row])
          )
        }
        guard let unnamed = unnamed(surprises, share: share) else { return nil }
        return [unnamed] + named(share: share).map { named($0, holders: surprises[0]) }
      }
    }
  }

  /// Sums over the holders that have a label: weight, surprise, its expectation and its variance; and into `sums`.
  /// - Parameter entry: for the index and the row of a holder that has a label, where its probabilities begin in `q`, and
  ///   its `surprises`.
  @inline(__always)
  private mutating func sum(
    _ rows: UnsafeBufferPointer<Int32>, _ q: UnsafeBufferPointer<Float>,
    _ entry: (_ index: Int, _ row: Int) -> (first: Int, surprise: SIMD4<Float>)
  ) -> SIMD4<Float> {
    let classCount = expectation.classCount
    var surprises = SIMD4<Float>.zero
    let labels = expectation.labels
    sums.withUnsafeMutableBufferPointer { sums in
      labels.withUnsafeBufferPointer { labels in
        sums.update(repeating: 0)
        for index in rows.indices {
          let row = Int(rows[index])
          let label = labels[row]
          guard label >= 0 else { continue }
          let (first, surprise) = entry(index, row)
          let weight = surprise[0]
          surprises += surprise
          sums[label] += weight
          for k in 0..<classCount {
            let value = q[first + k]
            sums[classCount + k] += weight * value
            sums[2 * classCount + k] += weight * (value * value)
          }
        }
      }
    }
    return surprises
  }

  /// The labels among the holders last summed that can be named.
  private func named(share: Double) -> some Collection<Int> {
    (0..<expectation.classCount).lazy.filter { [self] in sums[$0] > 0 && !describesClass($0, share: share) }
  }

  private func describesClass(_ k: Int, share: Double) -> Bool {
    Double(sums[k]) > MiningParameters.maxShareOfClass * share * Double(expectation.classSizes[k])
  }

  private func named(_ k: Int, holders: Float) -> ItemStatistic {
    let expected = sums[expectation.classCount + k]
    return ItemStatistic(
      label: k, holders: Double(holders), observed: Double(sums[k]), expected: Double(expected),
      variance: Double(max(0, expected - sums[2 * expectation.classCount + k])))
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

  private static func strongest(of statistics: some Sequence<ItemStatistic>) -> ItemStatistic? {
    statistics.reduce(nil) { strongest, next in
      guard let strongest else { return next }
      return isStronger(next, than: strongest) ? next : strongest
    }
  }

  /// A label is named unless the test that names none explains more, as a label is what a person can check.
  private static func isStronger(_ a: ItemStatistic, than b: ItemStatistic) -> Bool {
    let rho = Dispersion.minimum
    return b.label < 0
      ? a.logP(dispersion: rho) <= b.logP(dispersion: rho) : a.z(dispersion: rho) > b.z(dispersion: rho)
  }
}

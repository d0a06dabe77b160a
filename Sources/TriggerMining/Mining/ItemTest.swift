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
    return expectation.probabilities.withUnsafeBufferPointer { q in
      expectation.surprises.withUnsafeBufferPointer { surprises in
        test(rows, q, share: 1) { _, row in (row * classCount, surprises[row]) }
      }
    }
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
    return confirm(voting, share: sample.share, probabilities: shares)
  }

  /// Against `probabilities`, the first of which are [rows, K], of a probe that has not seen the holders.
  /// - Parameter share: of the holders, the share that `rows` are.
  package mutating func confirm(_ rows: [Int32], share: Double = 1, probabilities: [Float]) -> ItemStatistic?
  {
    let expectation = expectation
    return rows.withUnsafeBufferPointer { rows in
      probabilities.withUnsafeBufferPointer { q in
        test(rows, q, share: share) { index, row in
          let first = index * expectation.classCount
          let own = UnsafeBufferPointer(rebasing: q[first..<first + expectation.classCount])
          return (
            first,
            LabelExpectation.surprise(own, label: expectation.labels[row], weight: expectation.weights[row])
          )
        }
      }
    }
  }

  /// - Parameter entry: for the index and the row of a holder that has a label, where its probabilities begin in `q`, and
  ///   its `surprises`.
  @inline(__always)
  private mutating func test(
    _ rows: UnsafeBufferPointer<Int32>, _ q: UnsafeBufferPointer<Float>, share: Double,
    _ entry: (_ index: Int, _ row: Int) -> (first: Int, surprise: SIMD4<Float>)
  ) -> ItemStatistic? {
    let classCount = expectation.classCount
    // Weight, surprise, its expectation and its variance.
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
    let holders = surprises[0]
    guard holders >= Float(MiningParameters.minHolders) - 1e-3 else { return nil }
    testsOfLast = 1
    func describesClass(_ k: Int) -> Bool {
      Double(sums[k]) > MiningParameters.maxShareOfClass * share * Double(expectation.classSizes[k])
    }
    var strongest = ItemStatistic(
      label: -1, holders: Double(holders), observed: Double(surprises[1]), expected: Double(surprises[2]),
      variance: Double(surprises[3]))
    // The test that names none has no power where a class that would be named is not tested.
    if (0..<classCount).contains(where: describesClass) {
      strongest.observed = min(strongest.observed, strongest.expected)
    }
    for k in 0..<classCount where sums[k] > 0 && !describesClass(k) {
      testsOfLast += 1
      let expected = sums[classCount + k]
      let statistic = ItemStatistic(
        label: k, holders: Double(holders), observed: Double(sums[k]), expected: Double(expected),
        variance: Double(max(0, expected - sums[2 * classCount + k])))
      if Self.isStronger(statistic, than: strongest) { strongest = statistic }
    }
    return strongest
  }

  /// A label is named unless the test that names none explains more, as a label is what a person can check.
  private static func isStronger(_ a: ItemStatistic, than b: ItemStatistic) -> Bool {
    let rho = Dispersion.minimum
    return b.label < 0
      ? a.logP(dispersion: rho) <= b.logP(dispersion: rho) : a.z(dispersion: rho) > b.z(dispersion: rho)
  }
}

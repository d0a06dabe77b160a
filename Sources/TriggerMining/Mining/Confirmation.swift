import Numerics

/// What a probe that has not seen some rows says of them.
extension MiningContext {
  /// One statistic an item, in order; nil where too few holders have a label.
  /// - Parameter maxHolders: whose labels are counted; of more, a sample spread evenly.
  func statistics(of items: [Candidate<Source.Site>], maxHolders: Int) throws -> [ItemStatistic?] {
    try input.workers.map(count: items.count, blockSize: maxHolders > maxConfirmed ? 1 : 4) { range in
      try input.checkCancellation()
      return range.map {
        statistic(of: items[$0], over: items[$0].rows, heldOut: items[$0].rows, maxHolders: maxHolders)
      }
    }.flatMap { $0 }
  }

  /// - Parameters:
  ///   - rows: some of `heldOut`, whose labels are counted.
  ///   - heldOut: rows that the probe does not see, ascending.
  func statistic(
    of item: Candidate<Source.Site>, over rows: [Int32], heldOut: [Int32],
    maxHolders: Int = MiningParameters.maxRecountedHolders
  ) -> ItemStatistic? {
    let labeled = rows.filter { labels[Int($0)] >= 0 }
    let sample = EvenSample(of: labeled.count, limit: maxHolders)
    let counted = sample.rows(of: labeled)
    var test = ItemTest(expectation: expectation)
    let columns = source.columns(of: heldOut, at: item.site)
    var statistic = test.confirm(
      counted, share: sample.share,
      predictions: probe.predictions(of: counted, heldOut: heldOut, in: columns))
    statistic?.collocationLogOdds = item.collocationLogOdds
    return statistic
  }

  /// [rows, K] row-major.
  private func probabilities(of rows: [Int32], heldOut: [Int32], at site: Source.Site) -> [Float] {
    probe.probabilities(of: rows, heldOut: heldOut, in: source.columns(of: heldOut, at: site))
  }

  /// The holders whose label is not the most probable one by what the rest of them says.
  func unexpected(_ holders: [Int32], at site: Source.Site) -> [Int32] {
    let q = probabilities(of: holders, heldOut: holders, at: site)
    return holders.indices.filter { isUnexpected(labels[Int(holders[$0])], q, $0) }.map { holders[$0] }
  }

  private func isUnexpected(_ label: Int, _ q: [Float], _ index: Int) -> Bool {
    let own = q[index * expectation.classCount..<(index + 1) * expectation.classCount]
    return own.contains { $0 > own[own.startIndex + label] }
  }

  /// How well the rest of the holders tells those that have `label`, though another would be more probable, from those
  /// that have it not: the area under the curve of its probability (Hanley & McNeil, 1982); 0.5 where either are none.
  /// Of more than `MiningParameters.maxRankedHolders` a sample spread evenly.
  func area(of label: Int, among all: [Int32], at site: Source.Site) -> Double {
    let holders = EvenSample(of: all.count, limit: MiningParameters.maxRankedHolders).rows(of: all)
    let q = probabilities(of: holders, heldOut: all, at: site)
    func probability(_ index: Int) -> Float { q[index * expectation.classCount + label] }
    let others = holders.indices.filter { labels[Int(holders[$0])] != label }
    let unexpected = holders.indices.filter {
      labels[Int(holders[$0])] == label && isUnexpected(label, q, $0)
    }
    guard !unexpected.isEmpty, !others.isEmpty else { return 0.5 }
    return Quality.auroc(
      (unexpected + others).map(probability),
      truth: unexpected.map { _ in true } + others.map { _ in false })
  }
}

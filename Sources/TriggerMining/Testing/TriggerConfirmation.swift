import Numerics

/// Looks at items again with a probe that has not seen their holders.
struct TriggerConfirmation: Sendable {
  let probe: any HeldOutProbe
  let expectation: LabelExpectation
  /// Holders that the labels are first counted of; of more, so many spread evenly.
  let maxRows: Int
  let workers: Workers
  let checkCancellation: @Sendable () throws -> Void

  /// Holders that the labels of the strongest items are counted of: a few cannot be many more than expected of a label
  /// that most samples have.
  private static let maxRecounted = 512
  private static let maxStrongest = 32

  /// One statistic an item, in order; nil where too few holders have a label.
  func statistics(of items: [ItemReference]) throws -> [ItemStatistic?] {
    try statistics(of: items, maxRows: maxRows)
  }

  private func statistics(of items: [ItemReference], maxRows: Int) throws -> [ItemStatistic?] {
    try workers.map(count: items.count, blockSize: maxRows > self.maxRows ? 1 : 4) { range in
      try checkCancellation()
      return range.map {
        statistic(of: items[$0].rows, heldOut: items[$0].rows, item: items[$0], maxRows: maxRows)
      }
    }.flatMap { $0 }
  }

  /// The items with their statistics, the strongest counted over more of their holders.
  func entries(of items: [ItemReference], dispersion: Double, specificity: (Int) -> Int) throws
    -> [Shortlist.Entry]
  {
    let counted = zip(items, try statistics(of: items)).compactMap { item, statistic in
      statistic.map { Shortlist.Entry(item: item, statistic: $0) }
    }
    let ordered = Shortlist.ordered(counted, dispersion: dispersion, specificity)
    let sampled = ordered.prefix(Self.maxStrongest).indices.filter { ordered[$0].item.rows.count > maxRows }
    let again = try statistics(of: sampled.map { ordered[$0].item }, maxRows: Self.maxRecounted)
    var result = ordered
    for (index, statistic) in zip(sampled, again) {
      if let statistic { result[index] = Shortlist.Entry(item: ordered[index].item, statistic: statistic) }
    }
    return result
  }

  /// Those of the holders whose label is not the most probable by what the rest of them says.
  func unexpected(_ holders: [Int32], place: Int) -> [Int32] {
    let q = probe.probabilities(of: holders, heldOut: holders, place: place)
    let classCount = expectation.classCount
    return holders.enumerated().filter { index, row in
      let own = q[index * classCount + expectation.labels[Int(row)]]
      return q[index * classCount..<(index + 1) * classCount].contains { $0 > own }
    }.map(\.element)
  }

  /// How well the rest of the holders tells those that have `label`, though another would be more probable, from those
  /// that have it not: the area under the curve of its probability (Hanley & McNeil, 1982); 0.5 where either are none.
  func area(of label: Int, among holders: [Int32], place: Int) -> Double {
    let classCount = expectation.classCount
    let q = probe.probabilities(of: holders, heldOut: holders, place: place)
    func probability(_ index: Int) -> Float { q[index * classCount + label] }
    let others = holders.indices.filter { expectation.labels[Int(holders[$0])] != label }
    let unexpected = holders.indices.filter { index in
      expectation.labels[Int(holders[index])] == label
        && q[index * classCount..<(index + 1) * classCount].contains { $0 > probability(index) }
    }
    guard !unexpected.isEmpty, !others.isEmpty else { return 0.5 }
    return Quality.auroc(
      (unexpected + others).map(probability),
      truth: unexpected.map { _ in true } + others.map { _ in false })
  }

  /// - Parameter rows: some of `holders`, whose labels are counted.
  func statistic(
    of rows: [Int32], heldOut holders: [Int32], item: ItemReference, maxRows: Int = maxRecounted
  ) -> ItemStatistic? {
    let labeled = rows.filter { expectation.labels[Int($0)] >= 0 }
    let share = max(1, Double(labeled.count) / Double(maxRows))
    let counted = (0..<min(labeled.count, maxRows)).map { labeled[Int(Double($0) * share)] }
    var test = ItemTest(expectation: expectation)
    var statistic = test.confirm(
      counted, share: 1 / share,
      probabilities: probe.probabilities(of: counted, heldOut: holders, place: item.place))
    statistic?.collocationLogOdds = item.collocationLogOdds
    return statistic
  }
}

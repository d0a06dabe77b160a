/// Looks at items again with a probe that has not seen their holders.
struct TriggerConfirmation: Sendable {
  let probe: any HeldOutProbe
  let expectation: LabelExpectation
  /// Holders that the labels are counted of; of more, so many spread evenly.
  let mostRows: Int
  let workers: Workers
  let checkCancellation: @Sendable () throws -> Void

  /// One statistic an item, in order; nil where too few holders have a label.
  func statistics(of items: [ItemReference]) throws -> [ItemStatistic?] {
    try workers.map(count: items.count, blockSize: 4) { range in
      try checkCancellation()
      return range.map { statistic(of: items[$0].rows, heldOut: items[$0].rows, place: items[$0].place) }
    }.flatMap { $0 }
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

  /// - Parameter rows: some of `holders`, whose labels are counted.
  func statistic(of rows: [Int32], heldOut holders: [Int32], place: Int) -> ItemStatistic? {
    let labeled = rows.filter { expectation.labels[Int($0)] >= 0 }
    let share = max(1, Double(labeled.count) / Double(mostRows))
    let counted = (0..<min(labeled.count, mostRows)).map { labeled[Int(Double($0) * share)] }
    var test = ItemTest(expectation: expectation)
    return test.confirm(
      counted, share: 1 / share,
      probabilities: probe.probabilities(of: counted, heldOut: holders, place: place))
  }
}

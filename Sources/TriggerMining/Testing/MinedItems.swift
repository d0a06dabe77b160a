import Numerics

/// What screening found in one block of places; blocks merge in index order, and no block keeps more than a fixed
/// number of items.
struct MinedItems: Sendable {
  /// Strongest against the probe that leaves each row out.
  private(set) var expected = Shortlist()
  /// Strongest against the votes of neighbors that do not hold the item.
  private(set) var voted = Shortlist()
  /// Items drawn by a hash of what they are, so that the draw does not depend on the order of the rows.
  private(set) var drawn: [(hash: UInt64, item: ItemReference)] = []
  /// Labels tested, summed over the items.
  private(set) var tests = 0
  /// Largest -log p of the items that a row holds with the label that stands out, 0 for none.
  private(set) var best: [Float]

  /// Items that learn ρ; more move no quantile by much.
  static let maxDrawn = 600

  init(count: Int) { best = [Float](repeating: 0, count: count) }

  /// Screens an item, unless it has too few holders. Items among their usual neighbors are no triggers, and say nothing of
  /// how far harmless strangers shift labels.
  mutating func screen(
    place: Int, code: UInt64, rows: UnsafeBufferPointer<Int32>, with test: inout ItemTest,
    votes: NeighborVotes, collocationLogOdds: (ItemReference) -> Double
  ) {
    guard let statistic = test.screen(rows) else { return }
    tests += test.testsOfLast
    note(statistic, rows, test.expectation.labels)
    var second: ItemStatistic?
    if test.standsOutOfSet, let statistic = test.screen(rows, votes: votes) {
      second = statistic
      note(statistic, rows, test.expectation.labels)
    }
    let hash = Hash.combine(Hash.mix(code), UInt64(place))
    let isDrawn = statistic.holders >= Dispersion.minHolders && isDrawn(hash)
    guard isDrawn || Shortlist.isWorthKeeping(statistic) || second.map(Shortlist.isWorthKeeping) == true
    else { return }
    var item = ItemReference(place: place, code: code, rows: Array(rows))
    item.collocationLogOdds = collocationLogOdds(item)
    guard item.collocationLogOdds <= 0 else { return }
    expected.add(statistic, item)
    if let second { voted.add(second, item) }
    if isDrawn { draw(hash, item) }
  }

  private mutating func note(
    _ statistic: ItemStatistic, _ rows: UnsafeBufferPointer<Int32>, _ labels: [Int]
  ) {
    let evidence = Float(-statistic.logP(dispersion: Dispersion.least))
    guard evidence > 0 else { return }
    for row in rows
    where labels[Int(row)] >= 0 && (statistic.label < 0 || labels[Int(row)] == statistic.label) {
      if evidence > best[Int(row)] { best[Int(row)] = evidence }
    }
  }

  private func isDrawn(_ hash: UInt64) -> Bool {
    drawn.count < Self.maxDrawn || drawn.last.map { hash < $0.hash } ?? true
  }

  private mutating func draw(_ hash: UInt64, _ item: ItemReference) {
    let at = drawn.firstIndex { $0.hash > hash } ?? drawn.count
    drawn.insert((hash, item), at: at)
    if drawn.count > Self.maxDrawn { drawn.removeLast() }
  }

  /// Those of the drawn items that share less than half of their holders with another: the n-grams of a planted sentence
  /// are one item, or they would be the natural spread themselves.
  func distinctDrawn(_ limit: Int) -> [ItemReference] {
    var result: [ItemReference] = []
    for (_, item) in drawn where result.count < limit {
      if !result.contains(where: { SharedRows.areMostly($0.rows, item.rows) }) { result.append(item) }
    }
    return result
  }

  mutating func merge(_ other: MinedItems) {
    tests += other.tests
    expected.merge(other.expected)
    voted.merge(other.voted)
    drawn = Array((drawn + other.drawn).sorted { $0.hash < $1.hash }.prefix(Self.maxDrawn))
    for row in best.indices where other.best[row] > best[row] { best[row] = other.best[row] }
  }
}

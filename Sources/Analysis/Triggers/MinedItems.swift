/// Candidates and scores that came from one block of items; blocks merge in index order.
struct MinedItems<Place: Sendable>: Sendable {
  struct Candidate: Sendable {
    let place: Place
    let code: UInt64
    let statistic: ItemStatistic
  }
  /// Items that alone have p below `keepBelow`.
  var candidates: [Candidate] = []
  /// Items tested.
  var tested = 0
  /// Largest z of the items that a row holds with the label that stands out, 0 for none.
  var best: [Float]
  /// All statistics, where they were asked for.
  var sampled: [ItemStatistic] = []

  /// Even the smallest set tests a thousand items or so; what is above this has no chance after correction.
  static var keepBelow: Double { -9.2 }  // log 1e-4

  init(count: Int) { best = [Float](repeating: 0, count: count) }

  mutating func add(
    _ statistic: ItemStatistic, place: Place, code: UInt64, rows: UnsafeBufferPointer<Int32>,
    labels: [Int32]
  ) {
    tested += 1
    guard statistic.z > 1 else { return }
    let z = Float(statistic.z)
    for row in rows
    where labels[Int(row)] == statistic.label || (statistic.label < 0 && labels[Int(row)] >= 0) {
      if z > best[Int(row)] { best[Int(row)] = z }
    }
    if statistic.logP < Self.keepBelow {
      candidates.append(Candidate(place: place, code: code, statistic: statistic))
    }
  }

  mutating func merge(_ other: MinedItems) {
    tested += other.tested
    candidates += other.candidates
    sampled += other.sampled
    for row in best.indices where other.best[row] > best[row] { best[row] = other.best[row] }
  }
}

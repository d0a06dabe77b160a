import Model

/// How many samples each class or category has.
enum ClassShares {
  /// Codes that are no index into the classes count nowhere.
  static func counts(_ codes: some Collection<Int32>, classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for code in codes where counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
    return counts
  }

  /// Counts of two sets by the names that stand in either, in the order of the first and then of the second.
  static func joined(
    _ before: (names: [String], counts: [Int]), _ now: (names: [String], counts: [Int])
  ) -> (before: [Int], now: [Int]) {
    let known = Set(before.names)
    let names = before.names + now.names.filter { !known.contains($0) }
    func counts(_ side: (names: [String], counts: [Int])) -> [Int] {
      let byName = Dictionary(zip(side.names, side.counts), uniquingKeysWith: +)
      return names.map { byName[$0] ?? 0 }
    }
    return (counts(before), counts(now))
  }
}

/// Ranks of scores with ties shared. NaN has no rank and stays NaN.
package enum Ranks {
  /// Rank of each score from 0 (lowest) to 1 (highest), tied scores at the middle of their ranks; 0.5 where
  /// there is only one score, or all are alike.
  package static func percentiles(_ scores: [Float]) -> [Float] {
    map(scores, FloatOrder.rising(scores)) { below, tied, count in
      count < 2 ? 0.5 : (Double(below) + Double(tied - 1) / 2) / Double(count - 1)
    }
  }

  /// Share of the scores that are at least as high, in (0, 1]: the smaller, the more extreme. Tied scores share
  /// the middle of their ranks.
  package static func upperTail(_ scores: [Float]) -> [Float] {
    upperTail(scores, falling: descendingKnown(scores))
  }

  /// The same where the order is known already.
  /// - Parameter order: of all scores but NaN, from the highest.
  package static func upperTail(_ scores: [Float], falling order: [Int]) -> [Float] {
    map(scores, order) { above, tied, count in (Double(above) + Double(tied + 1) / 2) / Double(count) }
  }

  /// The same among the scores of each group of rows; rows of no group are NaN.
  package static func upperTail(_ scores: [Float], within groups: [[Int]]) -> [Float] {
    var result = [Float](repeating: .nan, count: scores.count)
    for group in groups {
      let ranks = upperTail(group.map { scores[$0] })
      for (index, row) in group.enumerated() { result[row] = ranks[index] }
    }
    return result
  }

  /// Indices from the highest score to the lowest, equal scores by index, NaN last.
  package static func descending(_ scores: [Float]) -> [Int] {
    descendingKnown(scores) + scores.indices.filter { scores[$0].isNaN }
  }

  /// The same without NaN.
  package static func descendingKnown(_ scores: [Float]) -> [Int] { FloatOrder.rising(scores.map { -$0 }) }

  /// - Parameters:
  ///   - order: of all scores but NaN, rising or falling.
  ///   - value: of scores that are tied, how many stand before them.
  private static func map(
    _ scores: [Float], _ order: [Int], _ value: (_ before: Int, _ tied: Int, _ count: Int) -> Double
  ) -> [Float] {
    var result = [Float](repeating: .nan, count: scores.count)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count && scores[order[end]] == scores[order[first]] { end += 1 }
      let share = Float(value(first, end - first, order.count))
      for position in first..<end { result[order[position]] = share }
      first = end
    }
    return result
  }
}

/// Ranks of scores with ties shared. NaN has no rank and stays NaN.
package enum Ranks {
  /// Rank of each score from 0 (lowest) to 1 (highest), tied scores at the middle of their ranks; 0.5 where
  /// there is only one score, or all are alike.
  package static func percentiles(_ scores: [Float]) -> [Float] {
    map(scores) { below, tied, count in
      count < 2 ? 0.5 : (Double(below) + Double(tied - 1) / 2) / Double(count - 1)
    }
  }

  /// Share of the scores that are at least as high, in (0, 1]: the smaller, the more extreme. Tied scores share
  /// the middle of their ranks.
  package static func upperTail(_ scores: [Float]) -> [Float] {
    map(scores) { below, tied, count in
      (Double(count - below - tied) + Double(tied + 1) / 2) / Double(count)
    }
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
    FloatOrder.rising(scores.map { -$0 }) + scores.indices.filter { scores[$0].isNaN }
  }

  private static func map(
    _ scores: [Float], _ value: (_ below: Int, _ tied: Int, _ count: Int) -> Double
  ) -> [Float] {
    let order = FloatOrder.rising(scores)
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

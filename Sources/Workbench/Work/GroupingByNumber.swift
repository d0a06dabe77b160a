import Model

/// Groups of numbers.
extension Grouping {
  private static let quantileGroups = 10

  /// - Parameters:
  ///   - areFloats: the numbers are Float, which are sorted in half the time.
  ///   - text: a number as a condition must write it to mean the very same.
  /// - Returns: nil when cancelled.
  static func byNumber(
    _ column: String, _ rows: SampleRows, _ values: ColumnNumbers, areFloats: Bool, isCancelled: () -> Bool,
    _ text: (Double) -> String
  ) -> Grouping? {
    let known =
      areFloats
      ? SortedNumbers.floats(rows, values, isCancelled: isCancelled)
      : SortedNumbers.doubles(rows, values, isCancelled: isCancelled)
    guard let sorted = known else { return nil }
    let summary = NumberSummary(sorted, missing: rows.count - sorted.count)
    guard !sorted.isEmpty else {
      return Grouping(
        groups: [Group(name: "none", condition: "not \(column) >= -inf")], codes: rows.map { _ in 0 },
        summary: summary)
    }
    let areValues = summary.distinct <= NumberSummary.maxListed
    let starts =
      areValues
      ? summary.firstValues
      : (0..<quantileGroups).map { sorted[$0 * sorted.count / quantileGroups] }
        .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    var groups = starts.indices.map { index -> Group in
      if areValues {
        return Group(name: scoreText(starts[index]), condition: "\(column) = \(text(starts[index]))")
      }
      let low = "\(column) >= \(text(starts[index]))"
      guard index + 1 < starts.count else {
        return Group(
          name: "\(scoreText(starts[index])) .. \(scoreText(sorted[sorted.count - 1]))", condition: low)
      }
      return Group(
        name: "\(scoreText(starts[index])) .. \(scoreText(starts[index + 1]))",
        condition: "\(low) and \(column) < \(text(starts[index + 1]))")
    }
    let codes = Blocks.map(count: rows.count, isCancelled: isCancelled) { place -> Int32 in
      let value = values[rows[place]]
      guard !value.isNaN else { return Int32(starts.count) }
      return Int32((starts.firstIndex { $0 > value } ?? starts.count) - 1)
    }
    if summary.missing > 0 {
      groups.append(Group(name: "none", condition: "not \(column) >= -inf"))
    }
    return codes.map { Grouping(groups: groups, codes: $0, summary: summary) }
  }
}

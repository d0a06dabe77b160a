import Model

/// Conditions that are asked of many rows, with the verdicts of the moment at which they were asked.
struct Filtering: Sendable {
  var filters: [CompiledFilter]
  var marks: Marks
  /// Place of each row by suspicion, from 0; nil while it is not known.
  var rank: ContiguousArray<Int32>?

  private static let blockSize = 8192

  /// The rows for which all conditions hold, in the order in which they came; nil when cancelled.
  func rows(
    _ rows: ContiguousArray<Int32>, _ material: CaseMaterial, isCancelled: () -> Bool
  ) -> ContiguousArray<Int32>? {
    guard !filters.isEmpty else { return rows }
    for column in filters.reduce(into: Set<Int>(), { $0.formUnion($1.dataColumns) }).sorted() {
      guard material.data.values(column, isCancelled: isCancelled) != nil else { return nil }
    }
    var kept = ContiguousArray<Int32>()
    for (index, row) in rows.enumerated() {
      if index % Self.blockSize == 0 && isCancelled() { return nil }
      let holds = filters.allSatisfy {
        $0.holds(Int(row), marks, rank: { at in rank.map { Int($0[at]) + 1 } })
      }
      if holds { kept.append(row) }
    }
    return kept
  }
}

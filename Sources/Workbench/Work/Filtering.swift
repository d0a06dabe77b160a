import Model

/// Conditions that are asked of many rows, with the verdicts of the moment at which they were asked.
struct Filtering: Sendable {
  var filters: [CompiledFilter]
  var marks: Marks
  /// Place of each row by suspicion, from 0; nil while it is not known.
  var rank: ContiguousArray<Int32>?

  /// The rows for which all conditions hold, in the order in which they came; nil when cancelled.
  func rows(
    _ rows: SampleRows, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> ContiguousArray<Int32>? {
    guard !filters.isEmpty else { return rows.all }
    for column in filters.reduce(into: Set<Int>(), { $0.formUnion($1.test.dataColumns) }).sorted() {
      guard samples.columns.values(column, isCancelled: isCancelled) != nil else { return nil }
    }
    let context = FilterContext(samples: samples, marks: marks, rank: rank)
    var kept = ContiguousArray<Int32>()
    let isDone = Blocks.fold(count: rows.count, isCancelled: isCancelled) { [filters] block in
      filters.reduce(ContiguousArray(block.map { Int32(rows[$0]) })) { $1.test.kept($0, context) }
    } merge: {
      kept += $0
    }
    return isDone ? kept : nil
  }
}

import Model

/// Which rows a queue shows and in which order: filter, then sort.
struct Arrangement: Sendable {
  /// Nil for all rows.
  var base: ContiguousArray<Int32>?
  var filters: [CompiledFilter]
  var sort: Sort
  var marks: Marks
  var summary: CaseSummary
  /// By row, where the sort is by them.
  var distances: Column<Float>?
  /// The row under the cursor, to be found again.
  var keep: Int32?

  /// Nil when cancelled.
  func run(_ samples: CaseSamples, isCancelled: () -> Bool) -> Arranged? {
    // All rows by suspicion are already in order: only the filter is left to do.
    let isOrdered = base == nil && sort == .bySuspicion
    let all =
      isOrdered
      ? SampleRows(summary.order) : base.map { SampleRows($0) } ?? SampleRows(count: samples.material.count)
    let filtering = Filtering(filters: filters, marks: marks, rank: summary.rank)
    guard var rows = filtering.rows(all, samples, isCancelled: isCancelled) else { return nil }
    if !isOrdered {
      guard
        let keys = SortKeys(
          sort, samples: samples, marks: marks, summary: summary, distances: distances,
          isCancelled: isCancelled),
        let sorted = keys.sorted(rows, isCancelled: isCancelled)
      else { return nil }
      rows = sorted
    }
    return Arranged(rows: rows, kept: keep, keptAt: keep.flatMap { rows.firstIndex(of: $0) })
  }
}

package struct Arranged: Sendable {
  package var rows: ContiguousArray<Int32>
  /// The row that was under the cursor when the order was asked for.
  package var kept: Int32?
  /// Where it stands now; nil when it is no longer shown.
  package var keptAt: Int?

  /// Where a row stands now. Of `kept` it is known; any other, to which the cursor went meanwhile, is looked for.
  func place(of row: Int) -> Int? { kept == Int32(row) ? keptAt : rows.firstIndex(of: Int32(row)) }
}

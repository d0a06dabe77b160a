import Model

/// The samples that a plot is of, with the verdicts of the moment at which it was asked for.
struct SampleSet: Sendable {
  /// Nil for all rows.
  var base: ContiguousArray<Int32>?
  var filtering: Filtering

  /// Their rows; nil when cancelled.
  func rows(_ samples: CaseSamples, isCancelled: () -> Bool) -> SampleRows? {
    let all = base.map { SampleRows($0) } ?? SampleRows(count: samples.material.count)
    guard !filtering.filters.isEmpty else { return all }
    return filtering.rows(all, samples, isCancelled: isCancelled).map { SampleRows($0) }
  }
}

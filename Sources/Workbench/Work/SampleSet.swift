import Model

/// The samples that a plot is of, with the verdicts of the moment at which it was asked for.
struct SampleSet: Sendable {
  /// Nil for all rows.
  var base: ContiguousArray<Int32>?
  var filtering: Filtering

  /// Their rows; nil when cancelled.
  func rows(_ material: CaseMaterial, isCancelled: () -> Bool) -> ContiguousArray<Int32>? {
    filtering.rows(
      base ?? ContiguousArray(0..<Int32(material.count)), material, isCancelled: isCancelled)
  }
}

/// From one finite number to another that is not less.
package struct FiniteRange: Sendable, Equatable {
  package let low: Double
  package let high: Double

  /// Spans the finite ones of `values`; nil where there are none.
  package init?(spanning values: some Sequence<Double>) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    self.low = low
    self.high = high
  }
}

import CVector

/// The ends of what numbers there are.
package enum FiniteExtremes {
  /// The least and the greatest of the values that are finite; +inf and -inf where none is.
  package static func of(_ values: UnsafeBufferPointer<Float>) -> (low: Float, high: Float) {
    var ends = (low: Float.infinity, high: -Float.infinity)
    if let start = values.baseAddress { cvector_extremes(start, values.count, &ends.low, &ends.high) }
    return ends
  }
}

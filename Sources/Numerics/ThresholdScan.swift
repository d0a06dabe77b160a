import CVector

/// What is small in a long run of product[index] + norms[index]: the inner loop of the neighbor search after the matrix
/// product, so most of what it sees must be dropped many values at a time.
public enum ThresholdScan {
  /// Values that are compared with one threshold, which `found` may have lowered meanwhile.
  @usableFromInline static let block = 256

  /// Calls `found` with (value, index) for each index of `range` where the sum is below the threshold, which `found` may
  /// lower.
  @inlinable public static func below(
    _ threshold: UnsafePointer<Float>, product: UnsafePointer<Float>, norms: UnsafePointer<Float>,
    range: Range<Int>, _ found: (Float, Int) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: block) { hits in
      guard let first = hits.baseAddress else { return }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
        let size = min(block, range.upperBound - start)
        let count = cvector_below(product + start, norms + start, size, threshold.pointee, first)
        for hit in 0..<count {
          let index = start + Int(hits[hit])
          let value = product[index] + norms[index]
          if value < threshold.pointee { found(value, index) }
        }
      }
    }
  }

  /// The index of the least sum, the first of several; 0 of none.
  package static func smallest(product: UnsafePointer<Float>, norms: UnsafePointer<Float>, count: Int) -> Int
  {
    cvector_least(product, norms, count)
  }
}

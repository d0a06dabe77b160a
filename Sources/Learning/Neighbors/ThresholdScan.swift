/// Finds the few values below a threshold in a long run: the inner loop of the neighbor search after the matrix
/// product, so most of what it sees must be dropped many values at a time.
enum ThresholdScan {
  /// Calls `found` with (value, index) for each index of `range` where product[index] + norms[index] is below
  /// the threshold, which `found` may lower.
  @inline(__always)
  static func below(
    _ threshold: UnsafePointer<Float>, product: UnsafePointer<Float>, norms: UnsafePointer<Float>,
    range: Range<Int>, _ found: (Float, Int) -> Void
  ) {
    var index = range.lowerBound
    let p = UnsafeRawPointer(product)
    let n = UnsafeRawPointer(norms)
    while index + 32 <= range.upperBound {
      let at = index * 4
      let limit = SIMD16<Float>(repeating: threshold.pointee)
      let a =
        p.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
        + n.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      let b =
        p.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
        + n.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
      if isAny((a .< limit) .| (b .< limit)) {
        for position in index..<index + 32 {
          let value = product[position] + norms[position]
          if value < threshold.pointee { found(value, position) }
        }
      }
      index += 32
    }
    while index < range.upperBound {
      let value = product[index] + norms[index]
      if value < threshold.pointee { found(value, index) }
      index += 1
    }
  }
  /// `any`, which takes the least of all lanes and is several times slower.
  @inline(__always)
  private static func isAny(_ mask: SIMDMask<SIMD16<Int32>>) -> Bool {
    let bits = unsafeBitCast(mask, to: SIMD8<UInt64>.self)
    let half = bits.lowHalf | bits.highHalf
    let quarter = half.lowHalf | half.highHalf
    return quarter.x | quarter.y != 0
  }
}

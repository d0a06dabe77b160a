import CVector

/// Distances and inner products of two runs of Float. Sixteen lanes add in an order of their own: more than ten times as
/// fast as one addition after the other, which is their oracle in the tests.
public enum Distance {
  /// ‖a − b‖² of `count` values.
  @inlinable public static func squared(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Float { cvector_squared(a, b, count) }

  /// ‖point − row‖² of the rows of `values` […, width] that `rows` names, which may lie anywhere.
  @inlinable public static func squared(
    _ point: UnsafePointer<Float>, toRows rows: UnsafePointer<Int32>, of values: UnsafePointer<Float>,
    count: Int, width: Int, into squares: UnsafeMutablePointer<Float>
  ) { cvector_squared_rows(point, values, rows, count, width, squares) }

  /// a · b of `count` values.
  @inlinable public static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Float { cvector_dot(a, b, count) }

  /// target += factor · source, of `count` values.
  @inlinable public static func add(
    _ source: UnsafePointer<Float>, times factor: Float, to target: UnsafeMutablePointer<Float>, count: Int
  ) { cvector_add_scaled(target, source, factor, count) }

  /// b − a of `count` values; `target` may be b.
  @inlinable public static func subtract(
    _ a: UnsafePointer<Float>, from b: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
    count: Int
  ) { cvector_subtract(a, b, target, count) }

  /// ‖a − b‖² of two runs of the same length.
  @inlinable public static func squared(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    precondition(a.count == b.count)
    return a.withUnsafeBufferPointer { x in
      b.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return squared(x, y, count: a.count)
      }
    }
  }

  /// a · b of two runs of the same length.
  @inlinable public static func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    precondition(a.count == b.count)
    return a.withUnsafeBufferPointer { x in
      b.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return dot(x, y, count: a.count)
      }
    }
  }

  /// Adds `count` values to sums, from `start` on.
  package static func add(
    _ values: UnsafePointer<Float>, to sums: UnsafeMutableBufferPointer<Double>, at start: Int, count: Int
  ) {
    guard let base = sums.baseAddress, count > 0 else { return }
    cvector_add_columns(values, 1, count, count, base + start)
  }
}

/// Distances and inner products of two runs of Float. Sixteen lanes add in an order of their own: about ten
/// times as fast as one addition after the other, which is their oracle in the tests.
public enum Distance {
  /// ‖a − b‖² of `count` values.
  @inline(__always) @inlinable public static func squared(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  )
    -> Float
  {
    var lanes0 = SIMD16<Float>.zero
    var lanes1 = SIMD16<Float>.zero
    var index = 0
    let x = UnsafeRawPointer(a)
    let y = UnsafeRawPointer(b)
    while index + 32 <= count {
      let at = index * 4
      let d0 =
        x.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
        - y.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      let d1 =
        x.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
        - y.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
      lanes0 += d0 * d0
      lanes1 += d1 * d1
      index += 32
    }
    var sum = index > 0 ? total(lanes0 + lanes1) : 0
    // What is left, four at a time: tables have few columns, and one addition after the other waits for each.
    var lanes = SIMD4<Float>.zero
    while index + 4 <= count {
      let d =
        x.loadUnaligned(fromByteOffset: index * 4, as: SIMD4<Float>.self)
        - y.loadUnaligned(fromByteOffset: index * 4, as: SIMD4<Float>.self)
      lanes += d * d
      index += 4
    }
    sum += total(lanes)
    while index < count {
      let d = a[index] - b[index]
      sum += d * d
      index += 1
    }
    return sum
  }

  /// a · b of `count` values.
  @inlinable public static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float
  {
    var lanes0 = SIMD16<Float>.zero
    var lanes1 = SIMD16<Float>.zero
    var index = 0
    let x = UnsafeRawPointer(a)
    let y = UnsafeRawPointer(b)
    while index + 32 <= count {
      let at = index * 4
      lanes0 +=
        x.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
        * y.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      lanes1 +=
        x.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
        * y.loadUnaligned(fromByteOffset: at + 64, as: SIMD16<Float>.self)
      index += 32
    }
    var sum = index > 0 ? total(lanes0 + lanes1) : 0
    var lanes = SIMD4<Float>.zero
    while index + 4 <= count {
      lanes +=
        x.loadUnaligned(fromByteOffset: index * 4, as: SIMD4<Float>.self)
        * y.loadUnaligned(fromByteOffset: index * 4, as: SIMD4<Float>.self)
      index += 4
    }
    sum += total(lanes)
    while index < count {
      sum += a[index] * b[index]
      index += 1
    }
    return sum
  }

  /// By halves, as one addition after the other waits for each. (`sum()` is not inlined in other rooms.)
  @inlinable static func total(_ lanes: SIMD16<Float>) -> Float {
    let eight = lanes.lowHalf + lanes.highHalf
    return total(eight.lowHalf + eight.highHalf)
  }
  @inlinable static func total(_ lanes: SIMD4<Float>) -> Float { (lanes.x + lanes.y) + (lanes.z + lanes.w) }

  /// b − a of `count` values; `target` may be b.
  @inlinable public static func subtract(
    _ a: UnsafePointer<Float>, from b: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    let x = UnsafeRawPointer(a)
    let y = UnsafeRawPointer(b)
    let to = UnsafeMutableRawPointer(target)
    var index = 0
    while index + 16 <= count {
      let difference =
        y.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
        - x.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
      to.storeBytes(of: difference, toByteOffset: index * 4, as: SIMD16<Float>.self)
      index += 16
    }
    while index < count {
      target[index] = b[index] - a[index]
      index += 1
    }
  }

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
}

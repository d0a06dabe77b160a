import Glibc

/// Softmax of one row of finite logits, sixteen at a time: with many classes a probe spends its time here.
package enum Softmax {
  /// Turns logits into probabilities; returns log Σ exp.
  @discardableResult
  package static func apply(_ row: UnsafeMutableBufferPointer<Float>) -> Float {
    guard let values = row.baseAddress else { return -.infinity }
    let top = greatest(UnsafeBufferPointer(row))
    var lanes = SIMD16<Float>.zero
    for index in stride(from: 0, to: row.count, by: 16) {
      let powers = exponential(load(values + index, row.count - index) - top)
      lanes += powers
      store(powers, to: values + index, row.count - index)
    }
    let sum = lanes.sum()
    let share = 1 / sum
    for index in row.indices { row[index] *= share }
    return top + log(sum)
  }

  /// The greatest of the values, and Σ exp(scale · (value − greatest)), for a scale above 0.
  package static func sum(of row: UnsafeBufferPointer<Float>, scale: Float) -> (greatest: Float, sum: Float) {
    guard let values = row.baseAddress else { return (-.infinity, 0) }
    let top = greatest(row)
    var lanes = SIMD16<Float>.zero
    for index in stride(from: 0, to: row.count, by: 16) {
      lanes += exponential((load(values + index, row.count - index) - top) * scale)
    }
    return (top, lanes.sum())
  }

  /// exp(x) for x up to 0, within 3e-7 of itself; exp(−87), which is next to nothing beside a 1, for all below −87.
  ///
  /// x = n ln 2 + r with |r| at most ln 2 / 2, ln 2 in two parts so that no digit of r is lost (Cody & Waite, 1980);
  /// exp(r) by its series up to r⁷/7!, of which 5e-9 is left over; 2ⁿ is added to the exponent's bits.
  static func exponential(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let x = x.replacing(with: -87, where: x .< -87)
    // The last bit of a Float of this size is worth 1: adding it rounds.
    let rounder = SIMD16<Float>(repeating: 0x1.8p23)
    let shifted = x * 1.442_695_04 + rounder
    let n = shifted - rounder
    let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
    var series = SIMD16<Float>(repeating: 1 / 5040)
    series = series * r + 1 / 720
    series = series * r + 1 / 120
    series = series * r + 1 / 24
    series = series * r + 1 / 6
    series = series * r + 0.5
    series = series * r + 1
    series = series * r + 1
    let exponent = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(series, to: SIMD16<UInt32>.self) &+ exponent, to: SIMD16<Float>.self)
  }

  private static func greatest(_ row: UnsafeBufferPointer<Float>) -> Float {
    guard let values = row.baseAddress else { return -.infinity }
    var lanes = SIMD16<Float>(repeating: -.infinity)
    for index in stride(from: 0, to: row.count, by: 16) {
      let next = load(values + index, row.count - index)
      lanes.replace(with: next, where: next .> lanes)
    }
    // By halves: `max()` goes through the lanes one by one.
    let eight = greater(lanes.lowHalf, lanes.highHalf)
    let four = greater(eight.lowHalf, eight.highHalf)
    let two = greater(four.lowHalf, four.highHalf)
    return max(two.x, two.y)
  }

  @inline(__always)
  private static func greater<Lanes: SIMD>(_ a: Lanes, _ b: Lanes) -> Lanes where Lanes.Scalar == Float {
    a.replacing(with: b, where: b .> a)
  }

  /// Up to sixteen values; −∞, which adds nothing, where there are fewer.
  @inline(__always)
  private static func load(_ values: UnsafePointer<Float>, _ count: Int) -> SIMD16<Float> {
    if count >= 16 { return UnsafeRawPointer(values).loadUnaligned(as: SIMD16<Float>.self) }
    var lanes = SIMD16<Float>(repeating: -.infinity)
    withUnsafeMutableBytes(of: &lanes) { target in
      target.copyMemory(
        from: UnsafeRawBufferPointer(start: values, count: count * MemoryLayout<Float>.stride))
    }
    return lanes
  }

  @inline(__always)
  private static func store(_ lanes: SIMD16<Float>, to values: UnsafeMutablePointer<Float>, _ count: Int) {
    if count >= 16 {
      UnsafeMutableRawPointer(values).storeBytes(of: lanes, as: SIMD16<Float>.self)
    } else {
      for index in 0..<count { values[index] = lanes[index] }
    }
  }
}

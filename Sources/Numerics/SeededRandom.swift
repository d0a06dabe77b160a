/// xoshiro256** seeded by SplitMix64 (Blackman & Vigna, 2021; prng.di.unimi.it): the same numbers for the same
/// seed on every machine.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)
  @usableFromInline var spareNormal: Double?

  /// - Parameter stream: tells apart the uses of one seed, such as folds, trees or starts.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ (stream &* 0x9E37_79B9_7F4A_7C15)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// Uniform over all 64 bits.
  @inlinable public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// Uniform in 0..<1, 53 bits.
  @inlinable public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<bound (Lemire's multiplication; the bias is below bound / 2^64).
  @inlinable public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0)
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Standard normal (Marsaglia's polar method).
  @inlinable public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let u = 2 * uniform() - 1
      let v = 2 * uniform() - 1
      let s = u * u + v * v
      if s > 0 && s < 1 {
        let factor = (-2 * naturalLog(s) / s).squareRoot()
        spareNormal = v * factor
        return u * factor
      }
    }
  }

  /// Fisher–Yates, so that the order does not depend on the standard library's.
  @inlinable public mutating func shuffle<T>(_ values: inout [T]) {
    guard values.count > 1 else { return }
    for last in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(last, below(last + 1)) }
  }

  @inlinable func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
}

/// The generator that fills the state of others from one number (Steele, Lea & Flood, OOPSLA 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  public var state: UInt64
  @inlinable public init(state: UInt64) { self.state = state }
  @inlinable public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Hash.mix(state)
  }
}

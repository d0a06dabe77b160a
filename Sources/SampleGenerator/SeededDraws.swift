import Numerics

/// The same draws for the same seed on every machine.
struct SeededDraws: RandomNumberGenerator {
  private var generator: SplitMix64
  init(seed: UInt64) { generator = SplitMix64(state: seed) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  /// 0 ≤ x < 1
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
  /// Nearly normal (sum of twelve), so that no library's logarithm decides a byte of the files.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
  mutating func shuffled(_ count: Int) -> [Int] { Array(0..<count).shuffled(using: &self) }
}

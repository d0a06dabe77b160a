/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): the same draws for the same seed on every machine.
struct SeededDraws: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  /// 0 ≤ x < 1
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
  /// Nearly normal (sum of twelve), so that no library's logarithm decides a byte of the files.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
  mutating func shuffled(_ count: Int) -> [Int] { Array(0..<count).shuffled(using: &self) }
}

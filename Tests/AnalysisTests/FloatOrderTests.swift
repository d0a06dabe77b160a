import Numerics
import Testing

/// The order of numbers is that of comparison.
@Suite struct FloatOrderTests {
  private static func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    let odd: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    ]
    return (0..<count).map { _ in
      let bits = UInt32(truncatingIfNeeded: random.next())
      switch bits % 5 {
      case 0: return odd[Int(bits >> 8) % odd.count]
      case 1: return Float(Int(bits >> 8) % 7)
      case 2: return -Float(bits >> 8)
      default: return Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      }
    }
  }

  @Test(arguments: [0, 1, 2, 511, 512, 513, 5000])
  func itIsThatOfComparison(_ count: Int) {
    for seed in 1...5 {
      let values = Self.values(count, seed: UInt64(seed))
      let known = values.filter { !$0.isNaN }
      #expect(FloatOrder.sorted(values) == known.sorted())
      let order = values.indices.filter { !values[$0].isNaN }.sorted {
        values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
      }
      #expect(FloatOrder.rising(values) == order)
      let falling = values.indices.sorted { a, b in
        let (x, y) = (values[a], values[b])
        if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
        return x == y ? a < b : x > y
      }
      #expect(Ranks.descending(values) == falling)
    }
  }

  @Test func equalNumbersStayInPlace() {
    let values = [Float](repeating: 3, count: 4000)
    #expect(FloatOrder.rising(values) == Array(0..<4000))
    #expect(FloatOrder.sorted(values) == values)
  }
}

import Numerics
import Testing

@Suite struct CoreQualityTests {
  static func set(_ seed: Int) -> (scores: [Float], truth: [Bool]) {
    var random = SeededRandom(seed: UInt64(seed))
    let truth = (0..<20 + 40 * seed).map { $0 % 7 == 3 }
    // Rounded, so that there are ties; some have no score.
    let scores = truth.map { isPoison -> Float in
      if random.below(20) == 0 { return .nan }
      return Float(((random.normal() + (isPoison ? 1 : 0)) * 4).rounded())
    }
    return (scores, truth)
  }

  @Test(arguments: 0..<12)
  func aurocIsTheShareOfOrderedPairs(seed: Int) {
    let (scores, truth) = Self.set(seed)
    let values = scores.map { $0.isNaN ? -Float.infinity : $0 }
    var sum = 0.0
    var pairs = 0.0
    for i in truth.indices where truth[i] {
      for j in truth.indices where !truth[j] {
        pairs += 1
        sum += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0
      }
    }
    #expect(abs(Quality.auroc(scores, truth: truth) - sum / pairs) < 1e-12)
  }

  @Test(arguments: 0..<12)
  func averagePrecisionAndRatesAreThoseOfEveryThreshold(seed: Int) {
    let (scores, truth) = Self.set(seed)
    let values = scores.map { $0.isNaN ? -Float.infinity : $0 }
    let poison = Double(truth.filter { $0 }.count)
    var average = 0.0
    var rate = 0.0
    for i in truth.indices {
      let above = truth.indices.filter { values[$0] >= values[i] }
      let hits = Double(above.filter { truth[$0] }.count)
      if truth[i] { average += hits / Double(above.count) / poison }
      let alarms = Double(above.count) - hits
      if alarms <= 0.1 * (Double(truth.count) - poison) { rate = max(rate, hits / poison) }
    }
    #expect(abs(Quality.averagePrecision(scores, truth: truth) - average) < 1e-12)
    let found = Quality.truePositiveRate(scores, truth: truth, atFalsePositiveRate: 0.1)
    #expect(abs(found - rate) < 1e-12)
  }

  @Test func precisionSharesTheTiesAtTheCut() {
    let scores: [Float] = [9, 5, 5, 5, 5, 1]
    let truth = [true, true, false, false, false, true]
    #expect(Quality.precision(scores, truth: truth, at: 1) == 1)
    let ofThree: Double = (1 + 2 * 0.25) / 3
    #expect(Quality.precision(scores, truth: truth, at: 3) == ofThree)
    #expect(Quality.precision(scores, truth: truth, at: 12) == 0.25)
  }

  @Test func perfectWorstAndUndefined() {
    #expect(Quality.auroc([3, 2, 1], truth: [true, false, false]) == 1)
    #expect(Quality.auroc([1, 2, 3], truth: [true, false, false]) == 0)
    #expect(Quality.auroc([1, 2], truth: [false, false]).isNaN)
    #expect(Quality.averagePrecision([], truth: []).isNaN)
    #expect(Quality.truePositiveRate([1, 2], truth: [true, false], atFalsePositiveRate: 0.01) == 0)
  }
}

import Model
import Numerics
import Testing
import TriggerMining

/// The statistic against its formula, and its p-values against labels that are drawn from q.
@Suite struct TriggerStatisticTests {
  private static func random(_ count: Int, seed: UInt64) -> (q: [Float], labels: [Int]) {
    var random = SeededRandom(seed: seed)
    var labels: [Int] = []
    let q = (0..<count).flatMap { _ -> [Float] in
      let share = random.uniform()
      labels.append(random.uniform() < share ? 0 : 1)
      return [Float(share), Float(1 - share)]
    }
    return (q, labels)
  }

  /// z = (n_ay - Σ q(y)) / √(Σ q(y)(1 - q(y)) + ½).
  @Test func theStatisticIsThatOfTheFormula() throws {
    let (q, drawn) = Self.random(400, seed: 3)
    let labels = drawn.enumerated().map { $0 % 20 == 0 ? 1 : $1 }
    let expectation = LabelExpectation(labels: labels, classCount: 2, probabilities: q, copies: nil)
    let holders = (0..<20).map { Int32($0 * 20) }
    var test = ItemTest(expectation: expectation)
    let statistic = try #require(holders.withUnsafeBufferPointer { test.screen($0) })
    var expected = 0.0
    var variance = 0.0
    for row in holders {
      let share = Double(q[Int(row) * 2 + 1])
      expected += share
      variance += share * (1 - share)
    }
    #expect(statistic.label == 1)
    #expect(abs(statistic.z(dispersion: 0) - (20 - expected) / (variance + 0.5).squareRoot()) < 1e-3)
    #expect(
      abs(statistic.z(dispersion: 0.1) - (20 - expected) / (variance * 2.9 + 0.5).squareRoot()) < 1e-3)
    #expect(statistic.logP(dispersion: 0) < -5)
    let few = Array(holders.prefix(4))
    #expect(few.withUnsafeBufferPointer { test.screen($0) } == nil)
  }

  @Test func copiesCountOnce() throws {
    let (q, labels) = Self.random(60, seed: 4)
    let copies = (0..<60).map { $0 < 40 ? 0 : $0 }
    let expectation = LabelExpectation(labels: labels, classCount: 2, probabilities: q, copies: copies)
    var test = ItemTest(expectation: expectation)
    let all = (0..<60).map(Int32.init)
    let statistic = try #require(all.withUnsafeBufferPointer { test.screen($0) })
    // One group of 40 rows, one holder for each of its two labels.
    #expect(abs(statistic.holders - 22) < 1e-3)
  }

  /// Labels drawn from q: p may not be smaller than it should be, at any level.
  @Test(arguments: [5, 12, 60]) func pHoldsWhereLabelsAreDrawnFromWhatIsExpected(holders: Int) {
    let count = 3_000
    let (q, labels) = Self.random(count, seed: UInt64(holders))
    var test = ItemTest(
      expectation: LabelExpectation(labels: labels, classCount: 2, probabilities: q, copies: nil))
    var random = SeededRandom(seed: 77)
    var logs: [Double] = []
    for _ in 0..<4_000 {
      let rows = Set((0..<holders).map { _ in Int32(random.below(count)) }).sorted()
      guard rows.count >= 5, let statistic = rows.withUnsafeBufferPointer({ test.screen($0) }) else {
        continue
      }
      logs.append(statistic.logP(dispersion: 0))
    }
    // The label is the one of two, or none, that stands out most: three tests an item.
    for (level, logLevel) in [(0.1, -2.303), (0.01, -4.605), (0.001, -6.908)] {
      let below = Double(logs.count { $0 < logLevel }) / Double(logs.count)
      #expect(below <= 3 * level, "\(below) of the items have p below \(level)")
    }
  }

  @Test func dispersionIsLearntFromItemsThatVaryMoreThanTheyShould() {
    var random = SeededRandom(seed: 9)
    func items(shift: Double) -> [ItemStatistic] {
      (0..<400).map { _ in
        let share = min(max(0.5 + shift * random.normal(), 0), 1)
        let observed = (0..<50).count { _ in random.uniform() < share }
        return ItemStatistic(label: 1, holders: 50, observed: Double(observed), expected: 25, variance: 12.5)
      }
    }
    #expect(Dispersion.fit(items(shift: 0)) < 0.02)
    let wide = Dispersion.fit(items(shift: 0.2))
    // A beta-binomial with deviation 0.2 of the share has ρ = 0.04 / 0.25.
    #expect(wide > 0.1 && wide < 0.25)
    #expect(Dispersion.fit(Array(items(shift: 0).prefix(20))) == Dispersion.unknown)
  }

  @Test func anItemThatIsTheClassIsNotTested() throws {
    let labels = (0..<100).map { $0 < 30 ? 1 : 0 }
    let q = labels.flatMap { _ -> [Float] in [0.9, 0.1] }
    var test = ItemTest(
      expectation: LabelExpectation(labels: labels, classCount: 2, probabilities: q, copies: nil))
    let most = (0..<25).map(Int32.init)
    let some = (0..<15).map(Int32.init)
    let ofMost = try #require(most.withUnsafeBufferPointer { test.screen($0) })
    let ofSome = try #require(some.withUnsafeBufferPointer { test.screen($0) })
    #expect(ofMost.logP(dispersion: 0) == 0)
    #expect(ofSome.label == 1 && ofSome.logP(dispersion: 0) < -20)
  }

  /// Two labels that are each expected under another explanation are a trigger under neither, however strong either is.
  @Test func everyExplanationHasToFail() throws {
    let labels = (0..<400).map { $0 < 40 ? $0 % 2 : 2 }
    let expectation = LabelExpectation(
      labels: labels, classCount: 3, probabilities: [Float](repeating: 1 / 3, count: 1_200), copies: nil)
    var test = ItemTest(expectation: expectation)
    let holders = (0..<21).map(Int32.init)
    func prediction(_ q: [Float], unexplained: Set<Int> = []) -> LabelPrediction {
      LabelPrediction(holders.flatMap { _ in q }, unexplained: unexplained)
    }
    func logP(_ predictions: [LabelPrediction]) throws -> Double {
      let statistic = test.confirm(holders, predictions: predictions)
      return try #require(statistic).logP(dispersion: 0)
    }
    let (first, second): ([Float], [Float]) = ([0.5, 0.01, 0.49], [0.01, 0.5, 0.49])
    let (a, b) = (prediction(first), prediction(second))
    #expect(try logP([a]) < -15 && logP([b]) < -15)
    #expect(try logP([a, b]) > -3)
    #expect(try logP([b, a]) == logP([a, b]))
    // An explanation that says less than another takes nothing away, nor one that does not explain the label.
    #expect(try logP([a, prediction([0.01, 0.01, 0.98])]) == logP([a]))
    #expect(try logP([a, prediction(second, unexplained: [1])]) < -15)
  }
}

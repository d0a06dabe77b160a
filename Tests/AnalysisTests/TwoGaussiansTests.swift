import Glibc
import Numerics
import Testing
import TriggerMining

/// Two groups of numbers are told apart whatever their spreads.
@Suite struct TwoGaussiansTests {
  private static func numbers(_ groups: [(count: Int, mean: Double, deviation: Double)]) -> [Float] {
    var random = SeededRandom(seed: 21)
    return groups.flatMap { group in
      (0..<group.count).map { _ in Float(group.mean + group.deviation * random.normal()) }
    }
  }

  /// A tight group of three in ten beside a wide one: the best cut in two would part the wide one.
  @Test func aTightGroupBesideAWideOneIsFound() throws {
    let numbers = Self.numbers([(1_400, 0, 2), (600, -7, 0.2)])
    let fit = try #require(TwoGaussians.fit(numbers))
    #expect(abs(fit.smaller.weight - 0.3) < 0.02)
    #expect(abs(fit.smaller.mean + 7) < 0.05 && abs(fit.smaller.variance.squareRoot() - 0.2) < 0.03)
    #expect(abs(fit.larger.mean) < 0.2 && abs(fit.larger.variance.squareRoot() - 2) < 0.1)
    #expect(abs(fit.separation - 7 / 2.2) < 0.2)
    let found = numbers.map { fit.logOdds(Double($0)) > 0 }
    #expect(found[..<1_400].count { $0 } < 14)
    #expect(found[1_400...].count { $0 } > 595)
  }

  /// Parts of a whole are no groups that stand apart.
  @Test func oneGroupDoesNotFallApart() throws {
    let fit = TwoGaussians.fit(Self.numbers([(2_000, 3, 1)]))
    #expect(fit.map { $0.separation < 2 } ?? true)
  }

  /// At its end the fit is what expectation and maximisation make of it once more.
  @Test func theFitStaysWhatItIs() throws {
    let numbers = Self.numbers([(700, 0, 1), (300, 6, 1.5)])
    let fit = try #require(TwoGaussians.fit(numbers))
    let shares = numbers.map { value -> Double in
      func density(_ group: TwoGaussians.Group) -> Double {
        let z = (Double(value) - group.mean) / group.variance.squareRoot()
        return group.weight / group.variance.squareRoot() * exp(-z * z / 2)
      }
      return density(fit.smaller) / (density(fit.smaller) + density(fit.larger))
    }
    let total = shares.reduce(0, +)
    let mean = zip(shares, numbers).reduce(0) { $0 + $1.0 * Double($1.1) } / total
    #expect(abs(total / 1_000 - fit.smaller.weight) < 0.01)
    #expect(abs(mean - fit.smaller.mean) < 0.05)
  }

  @Test func whatLiesBeyondAGroupIsOfIt() throws {
    let fit = try #require(TwoGaussians.fit(Self.numbers([(700, 0, 1), (300, 8, 3)])))
    #expect(fit.logOdds(-6) < 0 && fit.logOdds(9) > 0)
    #expect(fit.logOdds(30, of: .larger) < 0 && fit.logOdds(-1, of: .larger) > 0)
  }

  /// What one half of the numbers teaches, the other half bears out, or not.
  @Test func freshNumbersTellTwoGroupsFromOne() throws {
    let one = Self.numbers([(1_000, 0, 1), (1_000, 0, 1)])
    let fitted = try #require(TwoGaussians.fit(Array(one[..<1_000])))
    #expect(
      fitted.logLikelihood(Array(one[1_000...])) < TwoGaussians.logLikelihoodOfOne(Array(one[1_000...])) + 3)
    let two = Self.numbers([(700, 0, 1), (300, 8, 1), (700, 0, 1), (300, 8, 1)])
    let parted = try #require(TwoGaussians.fit(Array(two[..<1_000])))
    #expect(
      parted.logLikelihood(Array(two[1_000...])) > TwoGaussians.logLikelihoodOfOne(Array(two[1_000...])) + 100
    )
  }

  @Test func equalAndFewNumbersHaveNoGroups() {
    #expect(TwoGaussians.fit([]) == nil)
    #expect(TwoGaussians.fit([1, 1, 1]) == nil)
    // One in two hundred is no group.
    #expect(TwoGaussians.fit([Float](repeating: 1, count: 199) + [2]) == nil)
    #expect(TwoGaussians.fit([Float](repeating: 1, count: 9) + [2]) != nil)
  }
}

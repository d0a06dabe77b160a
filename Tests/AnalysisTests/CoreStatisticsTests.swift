import Glibc
import Numerics
import Testing

@Suite struct CoreStatisticsTests {
  @Test func quantilesInterpolateAndLeaveNaNOut() {
    let values: [Float] = [4, .nan, 1, 3, 2]
    #expect(Statistics.median(values) == 2.5)
    #expect(Statistics.quantile(values, 0.25) == 1.75)
    #expect(Statistics.quantiles(values, [0, 1]) == [1, 4])
    #expect(Statistics.median([Float.nan]).isNaN)
  }

  @Test func robustZIgnoresAnOutlierAndKnowsConstants() {
    var random = SeededRandom(seed: 1)
    var values = (0..<4000).map { _ in Float(random.normal() * 3 + 5) }
    values[0] = 1e9
    let z = Statistics.robustZ(values + [.nan])
    #expect(z[4000].isNaN)
    #expect(z[0] > 1e7)
    let (center, scale) = Statistics.robustScale(values)
    #expect(abs(center - 5) < 0.3)
    #expect(abs(scale - 3) < 0.3)
    #expect(Statistics.robustZ([2, 2, 2]) == [0, 0, 0])
    // More than half alike: the scale comes from the rest instead of being zero.
    #expect(Statistics.robustScale([0, 0, 0, 0, 0, 1]).scale > 0)
  }

  @Test func logSumExpDoesNotOverflow() {
    #expect(abs(Statistics.logSumExp([1000, 1000]) - 1000.6931471805599) < 1e-9)
    #expect(Statistics.logSumExp([]) == -.infinity)
  }

  /// Reference values of the standard normal's log survival function.
  @Test(arguments: [
    (0.0, -0.6931471805599453), (1.959963984540054, -3.6888794541139363), (-3.0, -0.0013508099647481923),
    (10.0, -53.23128515051247), (40.0, -804.6084420137538),
  ])
  func normalTails(z: Double, expected: Double) {
    #expect(abs(Tails.logNormalUpper(z) - expected) < 1e-9 * max(1, abs(expected)))
  }

  @Test func theNormalTailHasNoStepWhereItsFormulaChanges() {
    let below = Tails.logNormalUpper(25 - 1e-9)
    #expect(abs(below - Tails.logNormalUpper(25)) < 1e-6)
  }

  @Test(arguments: [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (2, 12, 0.9), (1, 1, 0.5), (7, 40, 0.05)])
  func binomialTailsAreTheirSums(successes: Int, trials: Int, p: Double) {
    func term(_ k: Int) -> Double {
      var value = 1.0
      for i in 0..<k { value *= Double(trials - i) / Double(i + 1) * p }
      for _ in k..<trials { value *= 1 - p }
      return value
    }
    let expected = (successes...trials).reduce(0) { $0 + term($1) }
    let tail = exp(Tails.logBinomialUpper(successes: successes, trials: trials, probability: p))
    #expect(abs(tail - expected) < 1e-12 + 1e-9 * expected)
  }

  @Test func binomialEdges() {
    #expect(Tails.logBinomialUpper(successes: 5, trials: 3, probability: 0.5) == -.infinity)
    #expect(Tails.logBinomialUpper(successes: 1, trials: 3, probability: 0) == -.infinity)
    #expect(Tails.logBinomialUpper(successes: 3, trials: 3, probability: 1) == 0)
    #expect(Tails.logBinomialUpper(successes: 900, trials: 1000, probability: 0.01) < -3000)
  }

  /// The example of Benjamini & Hochberg's paper: at 0.05 the first four are called.
  @Test func falseDiscoveryRates() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
      0.7590, 1.0,
    ]
    let q = Tails.benjaminiHochberg(p)
    #expect(q.filter { $0 <= 0.05 }.count == 4)
    #expect(abs(q[3] - 0.0095 * 15 / 4) < 1e-12)
    #expect(q == q.sorted())
    let shuffled = Tails.benjaminiHochberg([0.9, .nan, 0.01])
    #expect(shuffled[0] == 0.9 && shuffled[1].isNaN && shuffled[2] == 0.02)
    // Tests that are not listed had a p of 1.
    let padded = Tails.benjaminiHochberg([0.004, 0.001] + [Double](repeating: 1, count: 18))
    #expect(Tails.benjaminiHochberg([0.004, 0.001], tests: 20) == Array(padded.prefix(2)))
  }

  @Test func ranksShareTies() {
    let scores: [Float] = [5, 1, 5, .nan, 3]
    let percentiles = Ranks.percentiles(scores)
    #expect(percentiles[1] == 0)
    #expect(percentiles[0] == percentiles[2])
    #expect(abs(percentiles[0] - 2.5 / 3) < 1e-6)
    #expect(percentiles[3].isNaN)
    #expect(Ranks.percentiles([2, 2, 2]) == [0.5, 0.5, 0.5])
    #expect(Ranks.percentiles([7]) == [0.5])
    let tail = Ranks.upperTail(scores)
    #expect(tail[1] == 1)
    #expect(tail[0] == 0.375 && tail[2] == 0.375)
    #expect(Ranks.descending(scores) == [0, 2, 4, 1, 3])
    let grouped = Ranks.upperTail([1, 2, 3, 4], within: [[0, 1], [2]])
    #expect(grouped[0] == 1 && grouped[1] == 0.5 && grouped[2] == 1 && grouped[3].isNaN)
  }
}

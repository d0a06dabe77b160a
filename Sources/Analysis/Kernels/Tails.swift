import Glibc

/// Tail probabilities and their correction for many tests. Logarithms are natural.
package enum Tails {
  /// log P(Z ≥ z) of a standard normal, accurate far out where the probability itself underflows.
  package static func logNormalUpper(_ z: Double) -> Double {
    if z.isNaN { return .nan }
    if z < 25 { return log(0.5 * erfc(z / 2.0.squareRoot())) }
    // Mills' ratio, Abramowitz & Stegun 26.2.12; its fifth term is below 1e-9 here.
    let s = 1 / (z * z)
    let series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s)))
    return -0.5 * z * z - log(z) - 0.5 * log(2 * Double.pi) + log(series)
  }

  /// P(Z ≥ z); 0 where it underflows.
  package static func normalUpper(_ z: Double) -> Double { exp(logNormalUpper(z)) }

  /// log P(X ≥ successes) of a binomial with `trials` and probability `p`, by summing its terms.
  package static func logBinomialUpper(successes: Int, trials: Int, probability p: Double) -> Double {
    precondition(trials >= 0)
    if p.isNaN { return .nan }
    if successes <= 0 { return 0 }
    if successes > trials || p <= 0 { return -.infinity }
    if p >= 1 { return 0 }
    let mean = Double(trials) * p
    if Double(successes) > mean {
      return logSum(from: successes, step: 1, trials: trials, p)
    }
    // The upper tail is nearly all there is: take what is below it from one.
    let below = exp(logSum(from: successes - 1, step: -1, trials: trials, p))
    return log1p(-min(below, 1))
  }

  /// log of the sum of binomial terms from `start` outwards, away from the mean, until they do not count.
  private static func logSum(from start: Int, step: Int, trials: Int, _ p: Double) -> Double {
    let odds = p / (1 - p)
    var term = 1.0
    var sum = 1.0
    var k = start
    while k + step >= 0 && k + step <= trials {
      // P(k + 1) / P(k) = (n − k) / (k + 1) · p / (1 − p), and its inverse downwards.
      term *=
        step > 0
        ? Double(trials - k) / Double(k + 1) * odds
        : Double(k) / Double(trials - k + 1) / odds
      sum += term
      k += step
      if term < sum * 1e-17 { break }
    }
    return logTerm(start, trials, p) + log(sum)
  }

  private static func logTerm(_ k: Int, _ n: Int, _ p: Double) -> Double {
    logFactorial(n) - logFactorial(k) - logFactorial(n - k) + Double(k) * log(p) + Double(n - k) * log1p(-p)
  }

  private static func logFactorial(_ n: Int) -> Double {
    var sign: Int32 = 0
    return lgamma_r(Double(n) + 1, &sign)
  }

  /// Benjamini–Hochberg q-values (1995): the smallest false discovery rate at which each test is still called.
  /// NaN stays NaN and counts as no test.
  package static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    var result = pValues
    var smallest = 1.0
    for rank in stride(from: order.count, to: 0, by: -1) {
      let index = order[rank - 1]
      smallest = min(smallest, pValues[index] * Double(order.count) / Double(rank))
      result[index] = smallest
    }
    return result
  }
}

import Glibc

/// Tail probabilities and their correction for many tests. Logarithms are natural.
package enum Tails {
  /// Kullback-Leibler divergence of two Bernoulli distributions, from `b` in 0<..<1 to `a` in 0...1. n times it bounds −log P of
  /// a share `a` or more among n draws where `b` is expected (Hoeffding, 1963, theorems 1 and 4).
  package static func bernoulliDivergence(_ a: Double, _ b: Double) -> Double {
    let head = a > 0 ? a * log(a / b) : 0
    let tail = a < 1 ? (1 - a) * log((1 - a) / (1 - b)) : 0
    return max(0, head + tail)
  }

  /// log P(Z ≥ z) of a standard normal, accurate far out where the probability itself underflows.
  package static func logNormalUpper(_ z: Double) -> Double {
    if z.isNaN { return .nan }
    if z < 25 { return log(0.5 * erfc(z / 2.0.squareRoot())) }
    // Mills' ratio, Abramowitz & Stegun 26.2.12; its fifth term is below 1e-9 here.
    let s = 1 / (z * z)
    let series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s)))
    return -0.5 * z * z - log(z) - 0.5 * log(2 * Double.pi) + log(series)
  }

  /// z of the rank sum of one group beside another (Mann & Whitney, 1947), positive where the area under the curve is above
  /// one half; normal from some ten members of each on.
  package static func rankSumZ(area: Double, of count: Int, beside others: Int) -> Double {
    let (n, m) = (Double(count), Double(others))
    return (area - 0.5) * (12 * n * m / (n + m + 1)).squareRoot()
  }

  /// P(Z ≥ z); 0 where it underflows.
  package static func normalUpper(_ z: Double) -> Double { exp(logNormalUpper(z)) }

  /// The value that a standard normal variable stays below with probability `p`, 0 < p < 1, to a relative error of
  /// 1e-9: rational functions for the middle and the tails (Acklam, "An algorithm for computing the inverse normal
  /// cumulative distribution function", 2003).
  package static func normalQuantile(_ p: Double) -> Double {
    let tail = 0.02425
    if p < tail { return tailQuantile(p) }
    if p > 1 - tail { return -tailQuantile(1 - p) }
    let q = p - 0.5
    let r = q * q
    let above = [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
      2.506628277459239,
    ]
    let below = [
      -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
    ]
    return polynomial(above, r) * q / polynomial(below, r)
  }

  private static func tailQuantile(_ p: Double) -> Double {
    let q = (-2 * log(p)).squareRoot()
    let above = [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ]
    let below = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]
    return polynomial(above, q) / polynomial(below, q)
  }

  /// By Horner's rule, the highest power first.
  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }

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
  /// - Parameter tests: made in all, where only the smallest p-values are given; nil for as many as are given.
  package static func benjaminiHochberg(_ pValues: [Double], tests: Int? = nil) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    let tests = Double(max(tests ?? 0, order.count))
    var result = pValues
    var smallest = 1.0
    for rank in stride(from: order.count, to: 0, by: -1) {
      let index = order[rank - 1]
      smallest = min(smallest, pValues[index] * tests / Double(rank))
      result[index] = smallest
    }
    return result
  }
}

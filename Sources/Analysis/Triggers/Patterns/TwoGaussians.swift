import Glibc

/// Numbers as a mixture of two normal groups, each with a mean and a variance of its own, by expectation-maximisation
/// (Dempster, Laird & Rubin, 1977). A cut between two groups (Otsu, 1979) would not do: images with a blended pattern lie
/// close together beside clean ones that spread widely, and the widest part is then the group.
package struct TwoGaussians: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    /// Share of the numbers.
    package let weight: Double
    package let mean: Double
    package let variance: Double

    fileprivate func logDensity(_ value: Double) -> Double {
      let distance = value - mean
      return log(weight) - 0.5 * (log(variance) + distance * distance / variance)
    }
  }
  package let minority: Group
  package let majority: Group

  /// A group of a smaller share is no group.
  private static let leastShare = 0.02
  /// Share of the variance of all that a group has at least: two equal numbers are no group either.
  private static let leastVariance = 1e-3
  /// Quantiles above which the minority is looked for first.
  private static let starts = [0.1, 0.35, 0.65, 0.9]
  private static let rounds = 40
  /// Gain of the mean log likelihood below which a round is the last.
  private static let still = 1e-5

  /// The more likely of the fits from several starts; nil where none finds two groups.
  package static func fit(_ values: [Float]) -> TwoGaussians? {
    let sorted = values.sorted()
    guard let low = sorted.first, let high = sorted.last, low < high else { return nil }
    var best: (fit: TwoGaussians, likelihood: Double)?
    for start in starts {
      let cut = sorted[Int(start * Double(sorted.count - 1))]
      guard let found = fit(values, from: values.map { $0 > cut ? 1 : 0 }) else { continue }
      if best.map({ found.likelihood > $0.likelihood }) ?? true { best = found }
    }
    return best?.fit
  }

  private static func fit(
    _ values: [Float], from start: [Double]
  ) -> (fit: TwoGaussians, likelihood: Double)? {
    let floor = leastVariance * group(values, [Double](repeating: 1, count: values.count), floor: 0).variance
    var shares = start
    var last = -Double.infinity
    for round in 1...rounds {
      let first = group(values, shares, floor: floor)
      let second = group(values, shares.map { 1 - $0 }, floor: floor)
      guard min(first.weight, second.weight) >= leastShare else { return nil }
      var likelihood = 0.0
      for (index, value) in values.enumerated() {
        let a = first.logDensity(Double(value))
        let b = second.logDensity(Double(value))
        let top = max(a, b)
        let sum = top + log(exp(a - top) + exp(b - top))
        shares[index] = exp(a - sum)
        likelihood += sum
      }
      likelihood /= Double(values.count)
      if round == rounds || likelihood - last < still {
        let isFirst = first.weight <= second.weight
        let fit = TwoGaussians(minority: isFirst ? first : second, majority: isFirst ? second : first)
        return (fit, likelihood)
      }
      last = likelihood
    }
    return nil
  }

  private static func group(_ values: [Float], _ shares: [Double], floor: Double) -> Group {
    var total = 0.0
    var sum = 0.0
    for (value, share) in zip(values, shares) {
      total += share
      sum += share * Double(value)
    }
    let mean = sum / max(total, .leastNormalMagnitude)
    var squares = 0.0
    for (value, share) in zip(values, shares) {
      squares += share * (Double(value) - mean) * (Double(value) - mean)
    }
    return Group(
      weight: total / Double(max(1, values.count)), mean: mean,
      variance: max(floor, squares / max(total, .leastNormalMagnitude)))
  }

  /// Distance of the means in standard deviations, those of the two groups added up.
  package var separation: Double {
    abs(minority.mean - majority.mean) / (minority.variance.squareRoot() + majority.variance.squareRoot())
  }

  /// Logarithm of the odds that a number is of the minority; of the majority for certain is what lies beyond it.
  package func logOdds(_ value: Double) -> Double {
    guard (value - majority.mean) * (minority.mean - majority.mean) > 0 else { return -.infinity }
    return minority.logDensity(value) - majority.logDensity(value)
  }
}

import Glibc
import Numerics

/// Numbers as a mixture of two normal groups, each with a mean and a variance of its own, by expectation-maximisation
/// (Dempster, Laird & Rubin, 1977). A threshold between two groups (Otsu, 1979) would not do: images with a blended pattern
/// lie close together beside clean ones that spread widely, and a threshold would cut through the clean ones.
package struct TwoGaussians: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    /// Share of the numbers.
    package let weight: Double
    package let mean: Double
    package let variance: Double
    /// Of the density at the mean, up to a constant; stored, as it is needed for every number.
    private let logPeak: Double

    fileprivate init(weight: Double, mean: Double, variance: Double) {
      self.weight = weight
      self.mean = mean
      self.variance = variance
      logPeak = log(weight) - 0.5 * log(variance)
    }

    fileprivate func logDensity(_ value: Double) -> Double {
      let distance = value - mean
      return logPeak - 0.5 * distance * distance / variance
    }
  }
  /// One of the two groups.
  package enum Side: Sendable { case smaller, larger }
  package let smaller: Group
  package let larger: Group

  package subscript(side: Side) -> Group { side == .smaller ? smaller : larger }

  /// Smallest share of a group.
  private static let minShare = 0.02
  /// Smallest variance of a group, as a share of that of all numbers, so that two equal numbers are no group.
  private static let minVariance = 1e-3
  /// Quantiles above which the first group starts.
  private static let starts = [0.1, 0.35, 0.65, 0.9]
  private static let maxRounds = 40
  /// Gain of the mean log likelihood below which the fit has converged.
  private static let tolerance = 1e-5

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
    let floor = minVariance * group(values, [Double](repeating: 1, count: values.count), floor: 0).variance
    var shares = start
    var last = -Double.infinity
    for round in 1...maxRounds {
      let first = group(values, shares, floor: floor)
      let second = group(values, shares.map { 1 - $0 }, floor: floor)
      guard min(first.weight, second.weight) >= minShare else { return nil }
      var likelihood = 0.0
      for (index, value) in values.enumerated() {
        let a = first.logDensity(Double(value))
        let b = second.logDensity(Double(value))
        let odds = exp(-abs(a - b))
        shares[index] = (a > b ? 1 : odds) / (1 + odds)
        likelihood += max(a, b) + log1p(odds)
      }
      likelihood /= Double(values.count)
      if round == maxRounds || likelihood - last < tolerance {
        let isFirst = first.weight <= second.weight
        let fit = TwoGaussians(smaller: isFirst ? first : second, larger: isFirst ? second : first)
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
    abs(smaller.mean - larger.mean) / (smaller.variance.squareRoot() + larger.variance.squareRoot())
  }

  /// Logarithm of the odds that a number is of one group; -∞ for a number on the far side of the other group's mean.
  package func logOdds(_ value: Double, of side: Side = .smaller) -> Double {
    let (own, other) = side == .smaller ? (smaller, larger) : (larger, smaller)
    guard (value - other.mean) * (own.mean - other.mean) > 0 else { return -.infinity }
    return own.logDensity(value) - other.logDensity(value)
  }

  /// Summed over the numbers, up to a constant of each that `logLikelihoodOfOne` lacks as well.
  package func logLikelihood(_ values: [Float]) -> Double {
    values.reduce(0) { sum, value in
      sum + Statistics.logSumExp([smaller.logDensity(Double(value)), larger.logDensity(Double(value))])
    }
  }

  /// Of the normal group that fits the numbers best.
  package static func logLikelihoodOfOne(_ values: [Float]) -> Double {
    let all = group(values, [Double](repeating: 1, count: values.count), floor: .leastNormalMagnitude)
    return values.reduce(0) { $0 + all.logDensity(Double($1)) }
  }
}

import Glibc

/// The generalised Pareto distribution of what lies beyond a high threshold, whatever the distribution below it
/// (Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 1975; Balkema & de Haan,
/// 1974): P(X > u + z) = share · (1 + shape z / scale)^(−1/shape), exponential at shape 0.
///
/// Fitted by maximum likelihood to the upper fifth, whose own upper quarter is censored: outliers must not shape the tail
/// that they are measured by. Shapes are at least 0, since under a tail with an end everything beyond it is impossible.
package struct ParetoTail: Sendable {
  /// u, in the units of the values.
  package let threshold: Double
  /// Of the values beyond u, about 0.2.
  package let share: Double
  /// Above 0, in the units of the values.
  package let scale: Double
  /// 0...1.5; the heavier the tail, the larger.
  package let shape: Double

  private static let start = 0.8
  private static let end = 0.95
  private static let minCount = 200
  /// Exceedances beyond which every other one, or fewer, is looked at.
  private static let maxExceedances = 2000

  /// Nil of fewer than 200 values, and where the upper fifth does not spread. NaN does not count.
  package init?(_ values: [Float]) {
    let sorted = FloatOrder.sorted(values)
    guard sorted.count >= Self.minCount else { return nil }
    let low = Double(sorted[Int(Self.start * Double(sorted.count))])
    let high = Double(sorted[Int(Self.end * Double(sorted.count))])
    let beyond = sorted.drop { Double($0) <= low }
    let seen = beyond.prefix { Double($0) <= high }
    guard high > low, low.isFinite, high.isFinite, !seen.isEmpty else { return nil }
    let step = max(1, seen.count / Self.maxExceedances)
    let exceedances = stride(from: seen.startIndex, to: seen.endIndex, by: step).map {
      Double(seen[$0]) - low
    }
    let censored = Double(beyond.count - seen.count) / Double(seen.count) * Double(exceedances.count)
    threshold = low
    share = Double(beyond.count) / Double(sorted.count)
    (shape, scale) = Self.fit(exceedances, censored: censored, at: high - low)
  }

  /// Probability of a value at least so large; 1 up to the threshold.
  package func upper(_ value: Float) -> Double {
    let z = (Double(value) - threshold) / scale
    guard z > 0 else { return 1 }
    return share * (shape == 0 ? exp(-z) : exp(-log1p(shape * z) / shape))
  }

  /// Shapes up to 1.5 in steps of 0.05, scales in steps of 5 % around that of an exponential tail.
  private static func fit(
    _ exceedances: [Double], censored: Double, at end: Double
  ) -> (shape: Double, scale: Double) {
    let count = Double(exceedances.count)
    let usual = (exceedances.reduce(0, +) + censored * end) / count
    var best = (likelihood: -Double.infinity, shape: 0.0, scale: usual)
    for step in 0...30 {
      let shape = Double(step) / 20
      for step in -30...30 {
        let scale = usual * exp(0.05 * Double(step))
        var likelihood = -count * log(scale)
        if shape == 0 {
          likelihood -= usual * count / scale
        } else {
          let factor = shape / scale
          let sum = exceedances.reduce(0) { $0 + log1p(factor * $1) }
          likelihood -= (1 + 1 / shape) * sum + censored / shape * log1p(factor * end)
        }
        if likelihood > best.likelihood { best = (likelihood, shape, scale) }
      }
    }
    return (best.shape, best.scale)
  }
}

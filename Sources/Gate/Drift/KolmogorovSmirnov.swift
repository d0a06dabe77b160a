import Glibc

/// The two-sample test of Kolmogorov and Smirnov (Smirnov, 1948): the largest distance between two distribution
/// functions, and the probability of one as large where both samples are of one distribution, by the asymptotic series
/// with Stephens' correction for small samples (1970). Ties make the probability too large, never too small.
package struct KolmogorovSmirnov {
  package let distance: Double
  package let pValue: Double

  /// NaN values are left out. Nil where a side has none left.
  package init?(_ a: some Sequence<Double>, _ b: some Sequence<Double>) {
    let a = a.filter { !$0.isNaN }.sorted()
    let b = b.filter { !$0.isNaN }.sorted()
    guard !a.isEmpty, !b.isEmpty else { return nil }
    var (i, j) = (0, 0)
    var distance = 0.0
    while i < a.count, j < b.count {
      // Ties go together: between equal values there is no distance.
      let value = min(a[i], b[j])
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      distance = max(distance, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    self.distance = distance
    let size = (Double(a.count) * Double(b.count) / Double(a.count + b.count)).squareRoot()
    pValue = Self.upper((size + 0.12 + 0.11 / size) * distance)
  }

  func isShift(_ limits: Policy.Drift) -> Bool { distance > limits.maxKS && pValue < limits.alpha }
  var sentence: String { "Kolmogorov–Smirnov distance \(decimal(distance)), p \(decimal(pValue, 4))" }

  /// 2 Σ (−1)^(k−1) exp(−2 k² λ²).
  private static func upper(_ lambda: Double) -> Double {
    // Below, the series does not converge to more than 1.
    guard lambda > 0.2 else { return 1 }
    var sum = 0.0
    var sign = 2.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * lambda * lambda)
      sum += sign * term
      if term < 1e-16 { break }
      sign = -sign
    }
    return min(1, max(0, sum))
  }
}

import Glibc

/// Whether two sets of counts have other shares: how far apart they are by the population stability index (Siddiqi,
/// "Credit Risk Scorecards", 2006: from 0.25 on a shift), and whether chance explains it, by Pearson's chi-square test
/// of homogeneity (1900). Both must speak for a shift: with many samples the test sees differences that do not matter, and
/// with few the index is large by chance.
package struct ShareDrift {
  package let psi: Double
  package let pValue: Double

  /// Nil where a side has no samples, or both are one class.
  package init?(before: [Int], now: [Int]) {
    let used = zip(before, now).filter { $0.0 + $0.1 > 0 }
    let (totalBefore, totalNow) = (before.reduce(0, +), now.reduce(0, +))
    guard totalBefore > 0, totalNow > 0, used.count > 1 else { return nil }
    // Half a sample more in each class (Jeffreys' prior), as the logarithm of a share of zero is infinite.
    let extra = Double(used.count) / 2
    psi = used.reduce(0) { sum, pair in
      let p = (Double(pair.0) + 0.5) / (Double(totalBefore) + extra)
      let q = (Double(pair.1) + 0.5) / (Double(totalNow) + extra)
      return sum + (q - p) * log(q / p)
    }
    let total = Double(totalBefore) + Double(totalNow)
    let statistic = used.reduce(0) { sum, pair in
      let both = Double(pair.0) + Double(pair.1)
      let (expected, expectedNow) = (both * Double(totalBefore) / total, both * Double(totalNow) / total)
      let (a, b) = (Double(pair.0) - expected, Double(pair.1) - expectedNow)
      return sum + a * a / expected + b * b / expectedNow
    }
    pValue = ChiSquare.upper(statistic, degrees: used.count - 1)
  }

  func isShift(_ limits: Policy.Drift) -> Bool { psi > limits.maxPSI && pValue < limits.alpha }
  var sentence: String { "population stability index \(decimal(psi)), p \(decimal(pValue, 4))" }
}

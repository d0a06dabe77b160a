import Glibc

/// How far the labels of an item's holders lie from what the rest of their content says:
/// z = (n_ay - Σ_A q_i(y)) / √(Σ_A q_i(y)(1 - q_i(y)) · (1 + ρ(n - 1)) + ½).
///
/// ρ is the empirical null (`Dispersion`). The p-value is Hoeffding's (1963, theorem 1) bound
/// exp(-n · KL(observed / n, expected / n)), with n divided by the same inflation 1 + ρ(n - 1): an upper bound at every
/// n, where the normal tail of z is far too small for items whose expected count is below 1.
package struct ItemStatistic: Sendable, Equatable {
  /// Class whose count stands out; -1 for the test that names none (many labels are wrong at once, as after an
  /// all-to-all backdoor).
  package var label: Int
  /// Holders, copies counted once.
  package var holders: Double
  /// Holders with `label`; for label -1 the summed surprise Σ(1 - q(y)).
  package var observed: Double
  package var expected: Double
  package var variance: Double
  /// Logarithm of the odds that the item belongs where it stands, at most 0.
  package var collocationLogOdds = 0.0

  package init(label: Int, holders: Double, observed: Double, expected: Double, variance: Double) {
    self.label = label
    self.holders = holders
    self.observed = observed
    self.expected = expected
    self.variance = variance
  }

  package func z(dispersion: Double) -> Double {
    (observed - expected) / (variance * inflation(dispersion) + 0.5).squareRoot()
  }

  /// Natural logarithm of a bound on the probability of so many, for one item looked at alone; 0 where there are no
  /// more than expected. Two harmless explanations are held against it, and the better counts: a word that belongs there
  /// and shifts labels as words do (`dispersion`), if it can be one that belongs there; or a stranger, which has no
  /// meaning and shifts no labels beyond what the probe does not know.
  package func logP(dispersion: Double) -> Double {
    max(
      logTail(dispersion: dispersion) + collocationLogOdds,
      logTail(dispersion: min(dispersion, Dispersion.least)))
  }

  private func logTail(dispersion: Double) -> Double {
    guard observed > expected else { return 0 }
    return -holders / inflation(dispersion) * Self.divergence(observed / holders, expected / holders)
  }

  private func inflation(_ dispersion: Double) -> Double { 1 + dispersion * (holders - 1) }

  /// Kullback-Leibler divergence of two coins.
  package static func divergence(_ a: Double, _ b: Double) -> Double {
    let a = min(max(a, 0), 1)
    let b = min(max(b, 1e-6), 1 - 1e-6)
    let head = a > 0 ? a * log(a / b) : 0
    let tail = a < 1 ? (1 - a) * log((1 - a) / (1 - b)) : 0
    return max(0, head + tail)
  }
}

/// The empirical null. In clean data an item shifts the labels of its holders beyond what q says, as q is only a probe;
/// the shift grows with n while the noise grows with √n, so frequent items reach large z without any attack. As in the
/// beta-binomial model the variance is inflated by 1 + ρ(n - 1), with ρ such that 95 % of the set's own items have
/// |z| < 1.96 (the idea of genomic control: Devlin and Roeder, 1999). A trigger is in a few per mille of the items and
/// hardly moves that quantile.
package enum Dispersion {
  /// No probe is trusted to be nearer to the truth than this: a shift of the label odds of each item's holders by about
  /// a tenth of a standard deviation.
  package static let least = 0.01
  /// Where a set has too few items to learn ρ from: about the largest that was seen in a set of texts of natural language,
  /// where items shift labels most.
  package static let unknown = 0.05
  /// Smaller items say nothing of ρ, fewer items than `fewest` do not have a quantile of 95 %.
  package static let minHolders = 10.0
  static let fewest = 100

  package static func fit(_ items: [ItemStatistic]) -> Double {
    let items = items.filter { $0.label >= 0 && $0.holders >= minHolders }
    guard items.count >= fewest else { return unknown }
    func shareBeyond(_ dispersion: Double) -> Double {
      Double(items.count { abs($0.z(dispersion: dispersion)) > 1.96 }) / Double(items.count)
    }
    guard shareBeyond(least) > 0.05 else { return least }
    var low = least
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if shareBeyond(middle) > 0.05 { low = middle } else { high = middle }
    }
    return high
  }
}

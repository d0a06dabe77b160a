import Numerics

/// How far the labels of an item's holders A lie from what the rest of their content says: with n_y of the n holders
/// labeled y and q_i(y) the probability that row i has this label,
///
///     z = (n_y - Σ_A q_i(y)) / √(Σ_A q_i(y)(1 - q_i(y)) · (1 + ρ(n - 1)) + ½).
///
/// ρ is that of the null (`Dispersion`). The p-value is Hoeffding's bound (1963, theorem 1),
///
///     p ≤ exp(-n / (1 + ρ(n - 1)) · KL(n_y / n, Σ_A q_i(y) / n)),
///
/// which holds at every n, where the normal tail of z is far too small for items whose expected count is below 1.
package struct ItemStatistic: Sendable, Equatable {
  /// Class whose count stands out; -1 for the test that names none (many labels are wrong at once, as after an
  /// all-to-all backdoor).
  package var label: Int
  /// Holders n, copies counted once.
  package var holders: Double
  /// Holders with `label`; for label -1 the summed surprise Σ(1 - q(y)).
  package var observed: Double
  package var expected: Double
  package var variance: Double
  /// Logarithm of the odds that the item occurs among its usual neighbors (`ItemSource.collocationLogOdds`), at most 0.
  package var collocationLogOdds = 0.0

  package init(label: Int, holders: Double, observed: Double, expected: Double, variance: Double) {
    self.label = label
    self.holders = holders
    self.observed = observed
    self.expected = expected
    self.variance = variance
  }

  /// Of an item before its first test.
  static let untested = ItemStatistic(label: -1, holders: 0, observed: 0, expected: 0, variance: 0)

  package func z(dispersion: Double) -> Double {
    (observed - expected) / (variance * inflation(dispersion) + 0.5).squareRoot()
  }

  /// Natural logarithm of a bound on the probability of so large a count, for one item tested alone; 0 where the count
  /// is not above the expected one. It is the larger of two, one for each harmless explanation: an item that occurs among
  /// its usual neighbors and shifts labels as items do (`dispersion`), times the odds that it is one; and an item without a
  /// meaning, which shifts no labels beyond the error of the probe (`Dispersion.minimum`).
  package func logP(dispersion: Double) -> Double {
    max(
      logTail(dispersion: dispersion) + collocationLogOdds,
      logTail(dispersion: min(dispersion, Dispersion.minimum)))
  }

  /// Whether the screen keeps an item for it.
  var passesScreen: Bool { logP(dispersion: Dispersion.minimum) < MiningParameters.maxLogP }

  private func logTail(dispersion: Double) -> Double {
    guard observed > expected else { return 0 }
    return -holders / inflation(dispersion) * Self.divergence(observed / holders, expected / holders)
  }

  private func inflation(_ dispersion: Double) -> Double { 1 + dispersion * (holders - 1) }

  /// That of two Bernoulli distributions, of shares that rounding may have brought out of 0...1, and of which none is expected
  /// for certain.
  package static func divergence(_ a: Double, _ b: Double) -> Double {
    Tails.bernoulliDivergence(min(max(a, 0), 1), min(max(b, 1e-6), 1 - 1e-6))
  }
}

/// The empirical null. In clean data an item shifts the labels of its holders beyond what q says, as q is only a probe;
/// the shift grows with n while the noise grows with √n, so frequent items reach large z without any attack. As in the
/// beta-binomial model the variance is inflated by 1 + ρ(n - 1), with ρ such that 95 % of the set's own items have
/// |z| < 1.96 (the idea of genomic control: Devlin and Roeder, 1999). A trigger is in a few per mille of the items and
/// hardly moves that quantile.
package enum Dispersion {
  /// Lower bound of ρ, for the error of the probe: it corresponds to a shift of the label odds of each item's holders by
  /// about a tenth of a standard deviation.
  package static let minimum = 0.01
  /// ρ of a set with too few items to fit it: about the largest that was fitted to a set of natural language, where items
  /// shift labels most.
  package static let unknown = 0.05
  /// Items with fewer holders are left out of the fit; with fewer than `minItems` items there is no quantile of 95 %.
  package static let minHolders = 10.0
  static let minItems = 100

  package static func fit(_ items: [ItemStatistic]) -> Double {
    let items = items.filter { $0.label >= 0 && $0.holders >= minHolders }
    guard items.count >= minItems else { return unknown }
    func shareBeyond(_ dispersion: Double) -> Double {
      Double(items.count { abs($0.z(dispersion: dispersion)) > 1.96 }) / Double(items.count)
    }
    guard shareBeyond(minimum) > 0.05 else { return minimum }
    var low = minimum
    var high = 1.0
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if shareBeyond(middle) > 0.05 { low = middle } else { high = middle }
    }
    return high
  }
}

import Numerics

/// How far a count lies above what its share lets expect.
enum Excess {
  /// Log likelihood ratio of `hits` of `trials` against the share `share`: trials · KL(hits/trials ‖ share), 0 where
  /// the hits are no more than expected (Kulldorff, "A spatial scan statistic", 1997, with the share outside known).
  ///
  /// exp(−ratio) bounds the probability of so many hits, drawn with or without replacement (Hoeffding, 1963,
  /// theorems 1 and 4).
  static func ratio(_ hits: Int, of trials: Int, share: Double) -> Double {
    guard trials > 0, share > 0, share < 1, Double(hits) > Double(trials) * share else { return 0 }
    return Double(trials) * Tails.bernoulliDivergence(Double(hits) / Double(trials), share)
  }

  /// By how much the variance of the counts of unlike groups exceeds that of draws from one urn, at least 1.
  ///
  /// Groups of natural data differ (a contributor who sends more of one class). As in genomic control (Devlin &
  /// Roeder, 1999) the spread of all groups is the null, and the few that an attack moved do not move the quartiles.
  /// - Parameter counts: hits, trials and share of each group; those that expect less than one hit are left out.
  static func inflation(_ counts: [(hits: Int, trials: Int, share: Double)]) -> Double {
    let z = counts.compactMap { hits, trials, share -> Float? in
      let expected = Double(trials) * share
      guard expected >= 1, share < 1 else { return nil }
      return Float((Double(hits) - expected) / (expected * (1 - share)).squareRoot())
    }
    guard z.count >= 5 else { return 1 }
    let quartiles = Statistics.quantiles(z, [0.25, 0.75])
    let scale = (quartiles[1] - quartiles[0]) * Statistics.normalIQR
    return max(1, scale * scale)
  }
}

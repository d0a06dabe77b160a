import Glibc

/// A second mode of some values above their median: the most improbable rise of their density there.
///
/// Under the null the density does not rise beyond the median. Then of the values in two windows of equal width the outer
/// one holds at most half in expectation, and an exact binomial test tells how improbable a larger share is (Dümbgen &
/// Walther, "Multiscale inference about a density", Annals of Statistics 2008). It is taken for all pairs of windows of two
/// widths that do not overlap, and corrected for their number (Bonferroni).
package struct SecondMode: Sendable {
  /// Corrected for the windows looked at, 0...1.
  package let pValue: Double
  /// What lies above belongs to the mode: the middle of the emptiest window before it.
  package let begin: Double

  /// In quartile ranges, as all lengths.
  private static let widths = [0.5, 1.0]
  /// Farther than this from the median no mode is looked for.
  private static let reach = 40.0
  /// Of values that repeat, as counts and ratings do, the density rises wherever one is written more often.
  private static let minDistinctShare = 0.9
  /// Of the modes of a comb, which lie closer than a group that stands apart.
  private static let toothWidths = [0.125, 0.25]
  private static let maxToothP = 0.001

  /// Nil where the values have no spread, repeat, or rise nowhere, and where those beneath the mode have one of their own.
  /// - Parameter values: in any order, without NaN.
  package init?(_ values: [Float]) {
    guard let mode = SecondMode(risingIn: values, widths: Self.widths) else { return nil }
    // Means over a few values, as of the words of short texts, lie on the teeth of a comb: there are modes beneath, too.
    let beneath = values.filter { Double($0) <= mode.begin }
    if let tooth = SecondMode(risingIn: beneath, widths: Self.toothWidths), tooth.pValue <= Self.maxToothP {
      return nil
    }
    self = mode
  }

  private init?(risingIn values: [Float], widths: [Double]) {
    let quartiles = Statistics.quantiles(values, [0.25, 0.5, 0.75])
    let range = quartiles[2] - quartiles[0]
    guard range > 0 else { return nil }
    let outer = values.map { (Double($0) - quartiles[1]) / range }.filter { $0 > 0 }.sorted()
    let distinct = 1 + zip(outer, outer.dropFirst()).count { $0 < $1 }
    guard let last = outer.last, Double(distinct) >= Self.minDistinctShare * Double(outer.count) else {
      return nil
    }
    var best: (logP: Double, begin: Double)?
    var pairs = 0
    for width in widths {
      let counts = Self.counts(outer, width: width, upTo: min(last, Self.reach))
      pairs += counts.count * counts.count / 2
      guard let rise = Self.rise(counts) else { continue }
      if rise.logP < best?.logP ?? 0 { best = (rise.logP, rise.begin * width / 2) }
    }
    guard let best else { return nil }
    pValue = min(1, exp(best.logP) * Double(pairs))
    begin = quartiles[1] + best.begin * range
  }

  /// How many of the sorted values lie in each window of a width, a window every half of it from 0 on.
  private static func counts(_ sorted: [Double], width: Double, upTo end: Double) -> [Int] {
    var halves = [Int](repeating: 0, count: Int(2 * end / width) + 2)
    for value in sorted where value <= end { halves[Int(2 * value / width)] += 1 }
    return zip(halves, halves.dropFirst()).map { $0 + $1 }
  }

  /// Of the windows that do not overlap the pair whose rise is the most improbable; where several before it are equally
  /// empty, it begins in the last. In half windows.
  private static func rise(_ counts: [Int]) -> (logP: Double, begin: Double)? {
    var best: (logP: Double, begin: Double)?
    var emptiest = 0
    for outer in counts.indices.dropFirst(2) {
      if counts[outer - 2] <= counts[emptiest] { emptiest = outer - 2 }
      let (inside, mode) = (counts[emptiest], counts[outer])
      guard mode > 2 * inside else { continue }
      let logP = Tails.logBinomialUpper(successes: mode, trials: mode + inside, probability: 0.5)
      if logP < best?.logP ?? 0 { best = (logP, Double(emptiest) + 1) }
    }
    return best
  }
}

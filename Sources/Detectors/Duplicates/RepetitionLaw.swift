import Glibc
import Model

/// The natural repetition in a set, without any attack (people send "ok" a hundred times): the number of things that occur
/// at least s times falls as a power of s (Zipf, 1949).
///
/// P(size ≥ s) = π (s/2)^−β for s ≥ 2, where π, the share of what is there more than once, depends on the stratum (short
/// texts repeat more than long ones) and β is one for the set. Both are learnt from groups of two to four alone, so that
/// no flood teaches the law by which it is judged, however many groups it makes.
struct RepetitionLaw {
  /// Share of the groups of two and more, by stratum.
  private let repeated: [Int: Double]
  private let exponent: Double

  private static let learntSizes = 2...4
  /// Where hardly anything repeats, as if ten pairs did.
  private static let minRepeated = 10.0
  /// Of language: sayings that everybody uses have a tail that pairs do not show.
  private static let exponentOfLanguage = 3.0
  private static let minExponent = 1.2
  /// The weight of what is usual against what the set shows.
  private static let usualGroups = 10.0

  /// - Parameters:
  ///   - sizes: of all groups, from 1.
  ///   - strata: of each group.
  ///   - isLanguage: whether people say the things; of others π and β are those of one power law from size 1 on.
  init(sizes: [Int], strata: [Int], isLanguage: Bool) {
    var all: [Int: Double] = [:]
    var several: [Int: Double] = [:]
    for (size, stratum) in zip(sizes, strata) {
      all[stratum, default: 0] += 1
      if Self.learntSizes.contains(size) { several[stratum, default: 0] += 1 }
    }
    repeated = all.reduce(into: [:]) { shares, entry in
      shares[entry.key] =
        max(several[entry.key] ?? 0, Self.minRepeated) / max(entry.value, Self.minRepeated)
    }
    let repeatedOfAll =
      max(several.values.reduce(0, +), Self.minRepeated) / max(Double(sizes.count), Self.minRepeated)
    exponent = Self.exponent(
      Self.learntSizes.map { size in Double(sizes.count { $0 == size }) },
      usual: isLanguage ? Self.exponentOfLanguage : -log2(repeatedOfAll))
  }

  /// −log of the probability that a thing of `stratum` is there `weight` times, itself counted; 0 for once.
  func surprise(_ weight: Double, stratum: Int) -> Double {
    let pair = -log(min(1, repeated[stratum] ?? 1))
    guard weight > 2 else { return pair * log(max(1, weight)) / log(2) }
    return pair + exponent * log(weight / 2)
  }

  /// The likeliest β, to a twentieth, given how many groups have each of the learnt sizes; none beyond the usual one.
  private static func exponent(_ counts: [Double], usual: Double) -> Double {
    let usualShares = shares(usual)
    func logLikelihood(_ exponent: Double) -> Double {
      let shares = shares(exponent)
      return counts.indices.reduce(0) {
        $0 + (counts[$1] + usualGroups * usualShares[$1]) * log(shares[$1])
      }
    }
    let lower = stride(from: minExponent, to: usual, by: 0.05)
    let candidates = (Array(lower) + [usual]).map { (exponent: $0, value: logLikelihood($0)) }
    return candidates.max { $0.value < $1.value }?.exponent ?? usual
  }

  /// P(size), by the learnt sizes, given that it is one of them.
  private static func shares(_ exponent: Double) -> [Double] {
    guard exponent > 0 else { return learntSizes.map { _ in 1 / Double(learntSizes.count) } }
    let reached = (learntSizes.lowerBound...learntSizes.upperBound + 1).map { pow(Double($0) / 2, -exponent) }
    let all = 1 - (reached.last ?? 0)
    return zip(reached, reached.dropFirst()).map { ($0 - $1) / all }
  }
}

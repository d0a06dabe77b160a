import Model

/// How far the reviewers say the same of the samples that several of them judged.
package struct ReviewerAgreement: Sendable, Equatable {
  package struct Pair: Sendable, Equatable {
    package let first: String
    package let second: String
    /// Samples that both judged, and those of them on which they say the same.
    package let shared: Int
    package let same: Int
    /// Cohen's kappa: 1 where they always say the same, 0 where no more often than by chance; nil where chance alone
    /// would make them always agree.
    package let kappa: Double?
  }
  /// Samples with the verdicts of two or more.
  package let shared: Int
  package let same: Int
  /// Those with the most shared samples first.
  package let pairs: Bounded<Pair>

  private static let maxPairs = 20

  init(_ judged: [JudgedSample]) {
    let several = judged.filter { $0.opinions.count > 1 }
    shared = several.count
    same = several.count { sample in
      sample.opinions.allSatisfy { $0.verdict == sample.opinions.first?.verdict }
    }
    var verdicts: [PairKey: [(Verdict, Verdict)]] = [:]
    for sample in several {
      for (index, first) in sample.opinions.enumerated() {
        for second in sample.opinions.dropFirst(index + 1) {
          let key = PairKey(first: first.reviewer, second: second.reviewer)
          verdicts[key, default: []].append((first.verdict, second.verdict))
        }
      }
    }
    let pairs = verdicts.map { key, both in
      Pair(
        first: key.first, second: key.second, shared: both.count, same: both.count { $0.0 == $0.1 },
        kappa: Self.kappa(both))
    }
    self.pairs = Bounded(
      pairs.sorted { ($1.shared, $0.first, $0.second) < ($0.shared, $1.first, $1.second) },
      upTo: Self.maxPairs)
  }

  private struct PairKey: Hashable {
    let first: String
    let second: String
  }

  /// J. Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
  private static func kappa(_ both: [(Verdict, Verdict)]) -> Double? {
    let count = Double(both.count)
    var (first, second): ([Verdict: Double], [Verdict: Double]) = ([:], [:])
    for (a, b) in both {
      first[a, default: 0] += 1
      second[b, default: 0] += 1
    }
    // Whole numbers, whose sum is exact in any order.
    let chance = first.reduce(0.0) { $0 + $1.value * (second[$1.key] ?? 0) } / (count * count)
    guard chance < 1 else { return nil }
    return (Double(both.count { $0.0 == $0.1 }) / count - chance) / (1 - chance)
  }
}

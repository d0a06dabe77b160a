import Model

/// How far reviewers say the same of the samples that several of them judged, each by himself: adjudications do not count,
/// as who adjudicates knows what the others say.
package struct AgreementStatistics: Sendable, Equatable {
  package struct Pair: Sendable, Equatable {
    package let first: String
    package let second: String
    /// Samples that both judged, and those of them on which they say the same.
    package let shared: Int
    package let same: Int
    /// Cohen's; nil where chance alone would make them always agree.
    package let kappa: Kappa?
  }
  /// Samples with the verdicts of two or more, and those on which all of them say the same.
  package let shared: Int
  package let same: Int
  /// Those with the most shared samples first.
  package let pairs: [Pair]
  /// Those who judged a shared sample.
  package let reviewers: [String]
  /// Fleiss', of the shared samples, where there are more than two reviewers.
  package let kappa: Kappa?

  /// A verdict of a reviewer. Relabels to different labels are different verdicts.
  package struct Rating: Sendable {
    package let reviewer: String
    package let verdict: Verdict
    package init(reviewer: String, verdict: Verdict) {
      self.reviewer = reviewer
      self.verdict = verdict
    }
  }

  /// - Parameter samples: the ratings of each sample, one a reviewer.
  package init(_ samples: some Sequence<[Rating]>) {
    let several = samples.filter { $0.count > 1 }.map { $0.sorted { $0.reviewer < $1.reviewer } }
    shared = several.count
    same = several.count { ratings in ratings.allSatisfy { $0.verdict == ratings[0].verdict } }
    reviewers = Set(several.lazy.flatMap { $0.map(\.reviewer) }).sorted()
    var verdicts: [PairKey: [(Verdict, Verdict)]] = [:]
    for ratings in several {
      for (index, first) in ratings.enumerated() {
        for second in ratings.dropFirst(index + 1) {
          let key = PairKey(first: first.reviewer, second: second.reviewer)
          verdicts[key, default: []].append((first.verdict, second.verdict))
        }
      }
    }
    pairs = verdicts.map { key, both in
      Pair(
        first: key.first, second: key.second, shared: both.count, same: both.count { $0.0 == $0.1 },
        kappa: Kappa.cohen(both))
    }.sorted { ($1.shared, $0.first, $0.second) < ($0.shared, $1.first, $1.second) }
    kappa = reviewers.count > 2 ? Kappa.fleiss(several.map { $0.map(\.verdict) }) : nil
  }

  private struct PairKey: Hashable {
    let first: String
    let second: String
  }

  /// The interval of 95 % of the share of shared samples on which all say the same.
  package var sameInterval: (low: Double, high: Double) { wilsonInterval(same, of: shared) }
}

extension [Agreement.Opinion] {
  /// What each said by himself.
  package var ratings: [AgreementStatistics.Rating] {
    compactMap { opinion in opinion.independent.map { .init(reviewer: opinion.reviewer, verdict: $0) } }
  }
}

/// The interval of 95 % of a share (E. B. Wilson, "Probable inference, the law of succession, and statistical
/// inference", 1927), which also holds where the share is 0 or 1.
package func wilsonInterval(_ part: Int, of whole: Int) -> (low: Double, high: Double) {
  guard whole > 0 else { return (0, 1) }
  let z = 1.959964
  let n = Double(whole)
  let share = Double(part) / n
  let middle = share + z * z / (2 * n)
  let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return (max(0, (middle - half) / scale), min(1, (middle + half) / scale))
}

import Model

/// What the reviewers of one or several journals say together. The order of the journals does not matter.
///
/// Of each reviewer the last verdict on a sample that was not undone counts: the one with the highest number within
/// a journal, the latest across journals. Where the verdicts of two reviewers differ, the sample is disputed, until
/// one of them decides again or takes the verdict back.
package struct Agreement: Sendable {
  /// One reviewer's standing verdict on one sample.
  package struct Opinion: Sendable, Equatable {
    package let reviewer: String
    package let verdict: Verdict
    /// Milliseconds since 1970 UTC.
    package let at: Int64
    package let sequence: UInt64
    package let note: String?
    /// The content that was judged; nil where it could not be read.
    package let digest: Digest?

    /// A total order, so that of two verdicts the same one is the later for everybody.
    fileprivate func isBefore(_ other: Opinion) -> Bool {
      (at, sequence, verdict.word, verdict.newLabel ?? "", note ?? "")
        < (other.at, other.sequence, other.verdict.word, other.verdict.newLabel ?? "", other.note ?? "")
    }
  }

  /// By sample id, then by reviewer.
  private var opinions: [String: [String: Opinion]] = [:]

  package init(_ reviews: some Sequence<ReviewState>) {
    for review in reviews {
      opinions.merge(Self.opinions(of: review)) { known, added in
        known.merging(added) { $0.isBefore($1) ? $1 : $0 }
      }
    }
  }

  private static func opinions(of review: ReviewState) -> [String: [String: Opinion]] {
    var result: [String: [String: Opinion]] = [:]
    for decision in review.decisions where !review.undone.contains(decision.sequence) {
      guard case .verdict(let verdict) = decision.act else { continue }
      for sample in decision.samples {
        result[sample.id, default: [:]][decision.reviewer] = Opinion(
          reviewer: decision.reviewer, verdict: verdict, at: decision.at, sequence: decision.sequence,
          note: decision.note, digest: sample.digest)
      }
    }
    return result
  }

  /// How many samples have a verdict.
  package var count: Int { opinions.count }

  /// The standing verdicts on a sample, one a reviewer, in the order of their names; empty where there is none.
  package func opinions(on id: String) -> [Opinion] {
    opinions[id].map { $0.values.sorted { $0.reviewer < $1.reviewer } } ?? []
  }
}

extension [Agreement.Opinion] {
  /// Whether two of them differ in the verdict.
  package var isDisputed: Bool { contains { $0.verdict != first?.verdict } }
}

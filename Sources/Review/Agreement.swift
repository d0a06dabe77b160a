import Model

/// What the reviewers of one or several journals say together. The order of the journals does not matter.
///
/// Of each reviewer the last verdict on a sample that was not undone counts: the one with the highest number within
/// a journal, the latest across journals. Where the verdicts of two reviewers differ, the sample is disputed, until
/// one of them decides again or takes the verdict back, or until somebody adjudicates.
///
/// An adjudication counts for all as long as every other reviewer's verdict is the same as it, or is one that it names as
/// settled. Who has changed their mind since, or has judged since, was not heard: the sample is disputed anew.
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
    /// The verdicts of others that it takes the place of; nil where it is no adjudication.
    package let settles: [Decision.Settled]?
    /// What the reviewer said before, and without, adjudicating; nil where there was nothing. Agreement is measured by it:
    /// who adjudicates has seen what others say.
    package let independent: Verdict?

    fileprivate init(_ decision: Decision, verdict: Verdict, digest: Digest?, independent: Verdict?) {
      reviewer = decision.reviewer
      self.verdict = verdict
      at = decision.at
      sequence = decision.sequence
      note = decision.note
      self.digest = digest
      settles = decision.settles
      self.independent = independent
    }

    /// A total order, so that of two verdicts the same one is the later for everybody.
    fileprivate func isBefore(_ other: Opinion) -> Bool {
      (at, sequence, verdict.word, verdict.newLabel ?? "", note ?? "")
        < (other.at, other.sequence, other.verdict.word, other.verdict.newLabel ?? "", other.note ?? "")
    }
  }

  private let reviews: [ReviewState]

  package init(_ reviews: some Sequence<ReviewState>) { self.reviews = Array(reviews) }

  /// Ids with a standing verdict.
  package var ids: Set<String> {
    var ids: Set<String> = []
    for review in reviews {
      for id in review.judgedIDs where review.standingDecision(on: id) != nil { ids.insert(id) }
    }
    return ids
  }

  /// The standing verdicts on a sample, one a reviewer, in the order of their names; empty where there is none.
  package func opinions(on id: String) -> [Opinion] {
    var byReviewer: [String: Opinion] = [:]
    for review in reviews {
      byReviewer.merge(Self.opinions(on: id, in: review)) { $0.isBefore($1) ? $1 : $0 }
    }
    return byReviewer.values.sorted { $0.reviewer < $1.reviewer }
  }

  private static func opinions(on id: String, in review: ReviewState) -> [String: Opinion] {
    var result: [String: Opinion] = [:]
    for (decision, digest) in review.standingDecisions(on: id) {
      guard case .verdict(let verdict) = decision.act else { continue }
      let independent = decision.settles == nil ? verdict : result[decision.reviewer]?.independent
      result[decision.reviewer] = Opinion(
        decision, verdict: verdict, digest: digest, independent: independent)
    }
    return result
  }

  /// What is put on a sample in any of the journals, in the order of the words.
  package func tags(of id: String) -> [String] { tagDecisions(on: id).keys.sorted() }

  /// The latest decision behind each of its tags.
  package func tagDecisions(on id: String) -> [String: Decision] {
    reviews.reduce(into: [:]) { result, review in
      result.merge(review.tagDecisions(on: id)) { ($0.at, $0.reviewer) < ($1.at, $1.reviewer) ? $1 : $0 }
    }
  }

  /// Ids that have a tag.
  package var taggedIDs: Set<String> {
    reviews.reduce(into: []) { ids, review in
      for id in review.taggedIDs where !review.tagDecisions(on: id).isEmpty { ids.insert(id) }
    }
  }
}

extension [Agreement.Opinion] {
  /// What counts of the sample: the verdict that all agree on, or that of an adjudication. Nil where there is none, and
  /// where they differ.
  package var settled: Verdict? {
    guard let first = self.first else { return nil }
    if allSatisfy({ $0.verdict == first.verdict }) { return first.verdict }
    let heard = adjudications
    guard let verdict = heard.first?.verdict, heard.allSatisfy({ $0.verdict == verdict }) else { return nil }
    return verdict
  }

  /// Whether two of them differ in the verdict and nobody has adjudicated.
  package var isDisputed: Bool { !isEmpty && settled == nil }

  /// Whether reviewers differ, or differed when each judged by himself.
  package var wereDisputed: Bool {
    let independent = compactMap(\.independent)
    return isDisputed || independent.contains { $0 != independent.first }
  }

  /// Those that have heard all others.
  package var adjudications: [Agreement.Opinion] {
    filter { opinion in
      guard let settles = opinion.settles else { return false }
      return allSatisfy { other in
        other.reviewer == opinion.reviewer || other.verdict == opinion.verdict
          || settles.contains(.init(reviewer: other.reviewer, verdict: other.verdict))
      }
    }
  }

  /// What an adjudication by this reviewer would settle: the verdicts of all others. Nil where the others do not differ
  /// among themselves nor from what the reviewer says.
  package func settling(by reviewer: String) -> [Decision.Settled]? {
    let isOpen = isDisputed || contains { $0.reviewer == reviewer && $0.settles != nil }
    let others = filter { $0.reviewer != reviewer }
    guard isOpen, !others.isEmpty else { return nil }
    return others.map { .init(reviewer: $0.reviewer, verdict: $0.verdict) }
  }
}

import Model
import Review

/// What each reviewer says of the samples that somebody has judged, by row: one's own journal and those beside it.
package struct PeerVerdicts: Sendable {
  private var verdicts: [String: [Int32: Verdict]] = [:]
  private var settled: [Int32: Verdict] = [:]

  /// In the order of their names.
  package private(set) var reviewers: [String] = []

  package func verdict(of row: Int, by reviewer: String) -> Verdict? { verdicts[reviewer]?[Int32(row)] }
  /// What counts: the verdict that all agree on, or that of an adjudication.
  package func settled(_ row: Int) -> Verdict? { settled[Int32(row)] }

  mutating func set(_ row: Int, _ opinions: [Agreement.Opinion]) {
    let row = Int32(row)
    for reviewer in reviewers { verdicts[reviewer]?[row] = nil }
    for opinion in opinions {
      verdicts[opinion.reviewer, default: [:]][row] = opinion.verdict
      if !reviewers.contains(opinion.reviewer) { reviewers = (reviewers + [opinion.reviewer]).sorted() }
    }
    settled[row] = opinions.settled
  }
}

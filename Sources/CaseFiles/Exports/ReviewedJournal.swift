import Review

/// A journal that an export goes by, and what makes sure later that it was this one.
package struct ReviewedJournal: Sendable {
  /// What counts of it.
  let review: ReviewState
  /// "journal PATH: 12 decisions, head 3fa9…", with the whole hash.
  let sentence: String

  /// - Parameters:
  ///   - head: SHA-256 of its last line.
  ///   - isCounted: false where nobody has said that its decisions are wanted.
  package init(path: String, decisions: [Decision], head: String, isCounted: Bool = true) {
    review = ReviewState(isCounted ? decisions : [])
    let kind = isCounted ? "" : " that are not counted"
    sentence = "journal \(path): \(counted(decisions.count, "decision"))\(kind), head \(head)"
  }
}

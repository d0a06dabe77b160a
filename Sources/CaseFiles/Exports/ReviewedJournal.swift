import Model
import Reporting
import Review

/// A journal that an export goes by, and what makes sure later that it was this one.
package struct ReviewedJournal: Sendable {
  /// What counts of it.
  let review: ReviewState
  let record: JournalRecord

  /// - Parameters:
  ///   - head: SHA-256 of its last line.
  ///   - isCounted: false where nobody has said that its decisions are wanted.
  package init(path: String, decisions: [Decision], head: String, isCounted: Bool = true) {
    review = ReviewState(isCounted ? decisions : [])
    record = JournalRecord(path: path, decisions: decisions.count, head: head, isCounted: isCounted)
  }

  /// "journal PATH: 12 decisions, head 3fa9…", with the whole hash.
  var sentence: String {
    let kind = record.isCounted ? "" : " that are not counted"
    return "journal \(record.path): \(counted(record.decisions, "decision"))\(kind), head \(record.head)"
  }
}

import Model
import Scanning

/// What a report is made from. Nothing here reads a clock or the environment, and files by `payloads` alone, so that the
/// same material makes the same page, byte for byte.
package struct ReportMaterial: Sendable {
  package var report: Report
  package var payloads: any PayloadSource
  /// Samples with a standing verdict, in dataset order.
  package var judged: [JudgedSample]
  /// How many decided ids the dataset does not have.
  package var unknownIDs: Int
  package var journals: [JournalRecord]
  package var datasetPath: String
  package var casePath: String
  /// The version that scanned.
  package var toolVersion: String
  /// Milliseconds since 1970 UTC.
  package var madeAt: Int64

  package init(
    report: Report, payloads: any PayloadSource, judged: [JudgedSample], unknownIDs: Int = 0,
    journals: [JournalRecord], datasetPath: String, casePath: String, toolVersion: String, madeAt: Int64
  ) {
    self.report = report
    self.payloads = payloads
    self.judged = judged
    self.unknownIDs = unknownIDs
    self.journals = journals
    self.datasetPath = datasetPath
    self.casePath = casePath
    self.toolVersion = toolVersion
    self.madeAt = madeAt
  }
}

/// A sample with the standing verdicts on it.
package struct JudgedSample: Sendable, Equatable {
  /// One reviewer's.
  package struct Opinion: Sendable, Equatable {
    package var reviewer: String
    package var verdict: Verdict
    /// Milliseconds since 1970 UTC.
    package var at: Int64
    package var note: String?
    /// What the reviewer said without adjudicating; nil where there was nothing.
    package var independent: Verdict?
    package init(
      reviewer: String, verdict: Verdict, at: Int64, note: String? = nil, independent: Verdict?
    ) {
      self.reviewer = reviewer
      self.verdict = verdict
      self.at = at
      self.note = note
      self.independent = independent
    }
  }
  package enum State: String, Sendable {
    case stands
    /// Reviewers differ.
    case disputed
    /// The sample is no longer what was judged.
    case changed
  }
  package var row: Int
  package var id: String
  /// In the order of the reviewers' names; not empty.
  package var opinions: [Opinion]
  package var state: State
  /// What counts of the sample as a whole; nil where reviewers differ.
  package var verdict: Verdict?
  package var tags: [String]

  package init(
    row: Int, id: String, opinions: [Opinion], state: State, verdict: Verdict?, tags: [String] = []
  ) {
    self.row = row
    self.id = id
    self.opinions = opinions
    self.state = state
    self.verdict = verdict
    self.tags = tags
  }
}

/// A journal that the decisions come from.
package struct JournalRecord: Sendable, Equatable {
  package var path: String
  package var decisions: Int
  /// SHA-256 of its last line, in hexadecimal.
  package var head: String
  /// False where nobody has said that its decisions are wanted.
  package var isCounted: Bool
  package init(path: String, decisions: Int, head: String, isCounted: Bool = true) {
    self.path = path
    self.decisions = decisions
    self.head = head
    self.isCounted = isCounted
  }
}

import Model
import Review
import Scanning

/// All that checks look at; values only, so that a check can be tried on a dataset in memory.
package struct CheckInput: Sendable {
  /// What a scan found, and the verdicts that stand.
  package struct Scan: Sendable {
    package let report: Report
    /// By row: a verdict that all reviewers share, on the content and label that are there now.
    package let verdicts: [Int: Verdict]

    package init(report: Report, verdicts: [Int: Verdict] = [:]) {
      self.report = report
      self.verdicts = verdicts
    }

    /// Whether somebody has said what the sample is; "unsure" is no answer.
    func isDecided(_ row: Int) -> Bool { verdicts[row].map { $0 != .unsure } ?? false }
  }

  /// An earlier case, and its dataset where it is still at hand.
  package struct Baseline: Sendable {
    package let report: Report
    package let data: Dataset?
    /// Why there is no dataset.
    package let reason: String

    package init(report: Report, data: Dataset?, reason: String = "") {
      self.report = report
      self.data = data
      self.reason = reason
    }
  }

  /// Where the dataset lies.
  package let path: String
  package let data: Dataset
  package let policy: Policy
  package var scan: Scan?
  package var baseline: Baseline?

  package init(path: String, data: Dataset, policy: Policy) {
    self.path = path
    self.data = data
    self.policy = policy
  }
}

import Model
import Review

/// Whether a sample is still what somebody judged.
struct JudgedContent {
  private let payloads: any PayloadSource
  private let row: Int
  /// The label that the dataset gives it now, "" for none.
  private let label: String
  private let classes: [String]

  init(_ payloads: any PayloadSource, row: Int, label: String, _ classes: [String]) {
    self.payloads = payloads
    self.row = row
    self.label = label
    self.classes = classes
  }

  /// A sample whose label was meanwhile changed to what the verdict said it should be is what was judged too: the
  /// relabel was carried out.
  func isContent(of opinion: Agreement.Opinion) -> Bool {
    guard let digest = opinion.digest else { return true }
    if payloads.isBound(digest, to: row, labelled: label) { return true }
    guard opinion.verdict.newLabel == label else { return false }
    return ([""] + classes).contains { payloads.isBound(digest, to: row, labelled: $0) }
  }
}

import Model

/// What a check found on one subject. All text in it is fit for a terminal.
package struct CheckResult: Sendable, Equatable {
  /// Raw values are part of the contract (`--json`).
  package enum Status: String, Sendable, Codable, CaseIterable {
    case pass, warn, fail
    case notApplicable = "not applicable"
  }

  package let check: String
  /// A column, a class or a file; nil for the dataset.
  package let subject: String?
  package let status: Status
  package let sentence: String
  /// The first of the offending samples.
  package let offenders: [Offender]
  /// All of them.
  package let offenderCount: Int

  package init(
    check: String, subject: String?, status: Status, sentence: String, offenders: [Offender] = [],
    offenderCount: Int = 0
  ) {
    self.check = check
    self.subject = subject.map { displayText($0) }
    self.status = status
    self.sentence = displayText(sentence)
    self.offenders = offenders
    self.offenderCount = offenderCount
  }
}

/// A sample that a check holds against the dataset.
package struct Offender: Sendable, Equatable, Codable {
  /// From 0.
  package let row: Int
  package let id: String

  package init(row: Int, id: String) {
    self.row = row
    self.id = displayText(id)
  }
}

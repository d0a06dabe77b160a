import Model

/// One thing that a dataset must hold. A new one is a type in a file of its own and a line in `CheckRegistry`.
package protocol Check: Sendable {
  /// Short, of lower-case words with hyphens; part of the contract (policy, JSON, JUnit, SARIF).
  var name: String { get }
  /// What it looks at, in one line.
  var summary: String { get }
  /// What it does where the policy says nothing.
  var level: Level { get }
  /// Whether it asks what a scan has found.
  var needsScan: Bool { get }
  /// At least one result. Nothing in it throws: what cannot be looked at is not applicable, with the reason.
  func run(on input: CheckInput) -> [CheckResult]
}

extension Check {
  package var level: Level { .fail }
  package var needsScan: Bool { false }

  func pass(_ sentence: String, subject: String? = nil) -> CheckResult {
    CheckResult(check: name, subject: subject, status: .pass, sentence: sentence)
  }

  func notApplicable(_ reason: String, subject: String? = nil) -> CheckResult {
    CheckResult(check: name, subject: subject, status: .notApplicable, sentence: reason)
  }

  /// - Parameter rows: of the offending samples, rising.
  func broken(
    _ input: CheckInput, _ sentence: String, subject: String? = nil, rows: [Int] = []
  ) -> CheckResult {
    let listed = rows.prefix(input.policy.maxListed).map { row in
      Offender(row: row, id: input.data.ids[row])
    }
    return CheckResult(
      check: name, subject: subject, status: input.policy.level(of: self) == .warn ? .warn : .fail,
      sentence: sentence, offenders: Array(listed), offenderCount: rows.count)
  }
}

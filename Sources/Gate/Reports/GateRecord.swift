/// The report for programs. Names are part of the contract (`check --json`).
package struct GateRecord: Encodable {
  package struct Part: Encodable {
    let check: String
    let subject: String?
    let status: CheckResult.Status
    let sentence: String
    let samples: [Offender]
    /// All of them, also those that are not listed.
    let sampleCount: Int
  }

  let dataset: String
  let digest: String
  let policy: String?
  let tool: String
  let passed: Bool
  let counts: [String: Int]
  let results: [Part]

  package init(_ report: GateReport) {
    dataset = report.facts.dataset
    digest = report.facts.digest
    policy = report.facts.policy
    tool = "foretaste \(report.facts.toolVersion)"
    passed = report.hasPassed
    counts = Dictionary(
      uniqueKeysWithValues: CheckResult.Status.allCases.map { ($0.rawValue, report.count($0)) })
    results = report.results.map {
      Part(
        check: $0.check, subject: $0.subject, status: $0.status, sentence: $0.sentence, samples: $0.offenders,
        sampleCount: $0.offenderCount)
    }
  }
}

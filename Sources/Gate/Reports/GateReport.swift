import Model

/// What all checks said of one dataset.
package struct GateReport: Sendable {
  /// What is checked, as every form of the report names it.
  package struct Facts: Sendable {
    package var dataset: String
    /// Where it lies, as a person named it.
    package var path: String
    package var digest: String
    /// Nil where the defaults hold.
    package var policy: String?
    package var toolVersion: String

    package init(dataset: String, path: String, digest: String, policy: String?, toolVersion: String) {
      // A name of nothing but spaces is none: the schema of JUnit asks for one.
      self.dataset = dataset.allSatisfy(\.isWhitespace) ? "dataset" : displayText(dataset)
      self.path = path
      self.digest = digest
      self.policy = policy.map { displayText($0) }
      self.toolVersion = toolVersion
    }
  }

  package let facts: Facts
  package let results: [CheckResult]
  /// The checks that ran, with what the policy made of them.
  package let checks: [CheckFacts]

  package struct CheckFacts: Sendable, Equatable {
    package let name: String
    package let summary: String
    package let level: Level
  }

  package init(_ facts: Facts, policy: Policy, results: [CheckResult]) {
    self.facts = facts
    self.results = results
    checks = CheckRegistry.active(policy).map {
      CheckFacts(name: $0.name, summary: $0.summary, level: policy.level(of: $0))
    }
  }

  package var hasPassed: Bool { !results.contains { $0.status == .fail } }

  package func count(_ status: CheckResult.Status) -> Int { results.count { $0.status == status } }
}

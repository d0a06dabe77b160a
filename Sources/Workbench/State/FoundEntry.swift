import Model
import Scanning

/// A line of the list of what a scan found, by its index in the report.
package enum FoundLine: Sendable, Hashable {
  case incident(Int)
  /// One that an incident joins stands beneath it.
  case finding(Int)
}

/// What a scan found of a group of samples, an incident or a single finding, as lists, details and queues tell it.
package struct FoundEntry: Sendable {
  package let id: String
  /// What tells the mechanism.
  package let finding: Finding
  /// The incident itself, or the one that joins the finding.
  package let incident: Incident?
  package let isIncident: Bool
  /// Rows, ascending.
  package let members: Column<Int32>
  package let sentence: String
  package let attack: String
  package let label: Int32
  package let significance: Double?

  init(_ finding: Finding, in incident: Incident?) {
    id = finding.id
    self.finding = finding
    self.incident = incident
    isIncident = false
    members = finding.members
    sentence = finding.sentence
    attack = finding.attack
    label = finding.label
    significance = finding.significance
  }

  init(_ incident: Incident, head: Finding) {
    id = incident.id
    finding = head
    self.incident = incident
    isIncident = true
    members = incident.members
    sentence = incident.sentence
    attack = incident.attack
    label = incident.label
    significance = incident.qValue ?? incident.pValue
  }

  package var advice: FindingAdvice { FindingAdvice(finding.kind) }
  /// What a decision for the group records.
  package var rule: String { "\(isIncident ? "incident" : "finding") \(id)" }
}

extension CaseMaterial {
  /// Nil for an index that the report does not have.
  package func entry(_ line: FoundLine) -> FoundEntry? {
    switch line {
    case .incident(let index):
      guard report.incidents.indices.contains(index),
        let head = report.incidents[index].findings.first.flatMap(finding)
      else { return nil }
      return FoundEntry(report.incidents[index], head: head)
    case .finding(let index):
      guard report.findings.indices.contains(index) else { return nil }
      return FoundEntry(report.findings[index], in: incident(of: report.findings[index]))
    }
  }

  /// Incidents by evidence, each with the findings that it joins where `areExpanded`, then the findings of none, the
  /// least probable first. A finding that is an incident by itself is told once.
  package func foundLines(areExpanded: Bool) -> [FoundLine] {
    let places = Dictionary(report.findings.indices.map { (report.findings[$0].id, $0) }) { first, _ in first
    }
    var lines: [FoundLine] = []
    var joined: Set<Int> = []
    for (index, incident) in report.incidents.enumerated() {
      let findings = incident.findings.compactMap { places[$0] }
      guard !findings.isEmpty else { continue }
      joined.formUnion(findings)
      lines.append(.incident(index))
      if areExpanded, findings.count > 1 { lines += findings.map { .finding($0) } }
    }
    func significance(_ index: Int) -> Double { report.findings[index].significance ?? 1 }
    let others = report.findings.indices.filter { !joined.contains($0) }
    return lines + others.sorted { (significance($0), $0) < (significance($1), $1) }.map { .finding($0) }
  }

  private func finding(_ id: String) -> Finding? { report.findings.first { $0.id == id } }
}

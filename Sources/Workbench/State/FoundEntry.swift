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
  /// What tells the mechanism.
  package let finding: Finding
  /// The incident itself, or the one that joins the finding.
  package let incident: Incident?
  package let isIncident: Bool
  /// Of an incident the findings that tell its mechanism, the most telling first; those of the very same samples as one.
  package let leads: [[Finding]]

  /// The incident where the entry is one.
  private var whole: Incident? { isIncident ? incident : nil }
  package var id: String { whole?.id ?? finding.id }
  /// Rows, ascending.
  package var members: Column<Int32> { whole?.members ?? finding.members }
  package var sentence: String {
    guard leads.count > 1 else { return whole?.sentence ?? finding.sentence }
    return leads.joined().map(\.sentence).joined(separator: "; ")
  }
  package var attack: String { whole?.attack ?? finding.attack }
  package var label: Int32 { whole?.label ?? finding.label }
  /// The findings that it joins, the first as they are told.
  package var joined: [String] {
    let told = leads.joined().map(\.id)
    return told + (whole?.findings ?? []).filter { !told.contains($0) }
  }
  package var significance: Double? {
    if leads.count > 1 { return leads[0][0].significance }
    guard let whole else { return finding.significance }
    return whole.qValue ?? whole.pValue
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
      return FoundEntry(
        finding: head, incident: report.incidents[index], isIncident: true,
        leads: leads(of: report.incidents[index]))
    case .finding(let index):
      guard report.findings.indices.contains(index) else { return nil }
      let finding = report.findings[index]
      return FoundEntry(finding: finding, incident: incident(of: finding), isIncident: false, leads: [])
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

  /// The findings of the kind that heads an incident, by what chance leaves of them: several triggers, or groups of copies,
  /// of which the first alone would tell of a part of its samples.
  func leads(of incident: Incident) -> [[Finding]] {
    let leads = incident.findings.compactMap(finding).filter { $0.kind == incident.head }
    let ranked = leads.enumerated().sorted { a, b in
      (a.element.significance ?? 1, a.offset) < (b.element.significance ?? 1, b.offset)
    }
    return ranked.reduce(into: []) { groups, lead in
      if let same = groups.firstIndex(where: { $0[0].members == lead.element.members }) {
        groups[same].append(lead.element)
      } else {
        groups.append([lead.element])
      }
    }
  }
}

import Model
import Scanning

/// What one line says of an incident.
package struct IncidentLine: Sendable, Equatable {
  package let id: String
  package let sentence: String
  package let attack: String
  /// Samples of the incident, and those of them that are flagged.
  package let size: Int
  package let flagged: Int

  init(_ incident: Incident, _ report: Report) {
    id = incident.id
    sentence = incident.sentence
    attack = incident.attack
    size = incident.members.count
    flagged = incident.flagged
  }
}

/// An incident with what speaks for it: its findings, its samples, their classes and what was decided of them.
package struct IncidentPart: Sendable, Equatable {
  package struct FindingLine: Sendable, Equatable {
    package let id: String
    package let kind: String
    package let sentence: String
    /// What the samples hold, a line each.
    package let details: [String]
  }

  package let line: IncidentLine
  /// The name and the value of the head finding's statistic.
  package let statistic: String
  /// Its q-value, or p-value where there is none, 0...1; nil where neither is known.
  package let significance: Double?
  /// What its strongest findings on times and on sources say; nil without one.
  package let when: String?
  package let origin: String?
  package let findings: Bounded<FindingLine>
  package let verdicts: [Count]
  package let shares: ClassShares?
  /// What a blended trigger adds to a picture.
  package let pattern: Picture?
  package let exhibits: Bounded<Exhibit>

  private static let maxFindings = 12

  init(
    _ incident: Incident, _ material: ReportMaterial, verdicts: StandingVerdicts,
    exhibits maker: inout ExhibitMaker
  ) {
    let report = material.report
    line = IncidentLine(incident, report)
    statistic = "\(incident.statisticName) \(fixed(incident.statistic, 1))"
    significance = incident.qValue ?? incident.pValue
    when = incident.when
    origin = incident.origin
    let named = Dictionary(report.findings.map { ($0.id, $0) }) { first, _ in first }
    let findings = incident.findings.compactMap { named[$0] }
    self.findings = Bounded(findings.map(Self.line), upTo: Self.maxFindings)
    self.verdicts = verdicts.counts(incident.members.lazy.map(Int.init))
    shares = ClassShares(incident, report)
    pattern = findings.lazy.compactMap { $0.item?.kind.pattern }.first.flatMap { maker.picture(of: $0) }
    exhibits = maker.exhibits(of: incident, findings: findings)
  }

  private static func line(_ finding: Finding) -> FindingLine {
    FindingLine(
      id: finding.id, kind: finding.kind.rawValue, sentence: finding.sentence,
      details: finding.item?.kind.details.prefix(8).map(\.sentence) ?? [])
  }
}

extension TriggerDetail {
  var sentence: String {
    switch self {
    case .text(let text, let sort): "\(sort): \(text)"
    case .remark(let remark): remark
    case .condition(let part):
      switch part.condition {
      case .category(let value): "\(part.column) is \(value)"
      case .range(let range) where range.low == range.high: "\(part.column) is \(short(range.low))"
      case .range(let range): "\(part.column) from \(short(range.low)) to \(short(range.high))"
      }
    }
  }
}

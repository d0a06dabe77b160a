import Model
import Scanning

/// An incident as it stands in JSON, in case.json and in the summary of a scan.
package struct IncidentRecord: Codable, Sendable, Equatable {
  package var id: String
  /// Of the finding that tells the mechanism.
  package var kind: Finding.Kind
  package var attack: String
  package var sentence: String
  /// Name of the class that it is tied to.
  package var label: String?
  /// Index of that class, -1 for none.
  package var classIndex: Int32
  package var size: Int
  package var flagged: Int
  package var statisticName: String
  package var statistic: Double
  package var pValue: Double?
  package var qValue: Double?
  /// Ids of the findings that it joins, the mechanism first.
  package var findings: [String]
  package var when: String?
  package var origin: String?
  /// Path of the array with the rows of the members, in case.json relative to the case folder.
  package var samples: String

  private enum CodingKeys: String, CodingKey {
    case id, kind, attack, sentence, label, classIndex, size, flagged, statisticName, statistic, pValue,
      qValue
    case findings, when, samples
    case origin = "where"
  }

  /// Name of the array with the members of the incident `id`.
  static func arrayName(_ id: String) -> String { "incident-" + id }

  package init(_ incident: Incident, classes: [String]) {
    id = incident.id
    kind = incident.head
    attack = incident.attack
    sentence = incident.sentence
    let index = Int(incident.label)
    label = classes.indices.contains(index) ? classes[index] : nil
    classIndex = incident.label
    size = incident.members.count
    flagged = incident.flagged
    statisticName = incident.statisticName
    statistic = incident.statistic
    pValue = incident.pValue
    qValue = incident.qValue
    findings = incident.findings
    when = incident.when
    origin = incident.origin
    samples = "arrays/\(Self.arrayName(incident.id)).npy"
  }

  /// - Parameter members: the rows, which lie in an array of their own.
  func incident(members: Column<Int32>) -> Incident {
    Incident(
      id: id, head: kind, attack: attack, sentence: sentence, label: classIndex, statisticName: statisticName,
      statistic: statistic, pValue: pValue, qValue: qValue, findings: findings, when: when, origin: origin,
      members: members, flagged: flagged)
  }
}

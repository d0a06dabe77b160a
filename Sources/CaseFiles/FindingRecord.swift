import Model
import Scanning

/// A finding as it stands in JSON, in case.json and in the summary of a scan.
package struct FindingRecord: Codable, Sendable, Equatable {
  package var id: String
  package var kind: Finding.Kind
  package var attack: String
  /// Name of the class that it is tied to.
  package var label: String?
  /// Index of that class, -1 for none.
  package var classIndex: Int32
  package var sentence: String
  package var statisticName: String
  package var statistic: Double
  package var pValue: Double?
  package var qValue: Double?
  /// Share of the members with the label of the finding, 0...1; nil where it has none.
  package var purity: Double?
  package var size: Int
  /// Path of the array with the rows of the members, in case.json relative to the case folder.
  package var samples: String
  /// Rows that hold the same item under another label.
  package var cleanHolders: [Int32]
  package var item: TriggerItem?

  /// Name of the array with the members of the finding `id`.
  static func arrayName(_ id: String) -> String { "finding-" + id }

  package init(_ finding: Finding, classes: [String]) {
    id = finding.id
    kind = finding.kind
    attack = finding.attack
    let index = Int(finding.label)
    label = classes.indices.contains(index) ? classes[index] : nil
    classIndex = finding.label
    sentence = finding.sentence
    statisticName = finding.statisticName
    statistic = finding.statistic
    pValue = finding.pValue
    qValue = finding.qValue
    purity = finding.purity
    size = finding.members.count
    samples = "arrays/\(Self.arrayName(finding.id)).npy"
    cleanHolders = Array(finding.cleanHolders)
    item = finding.item
  }

  /// - Parameter members: the rows, which lie in an array of their own.
  func finding(members: Column<Int32>) -> Finding {
    Finding(
      id: id, kind: kind, attack: attack, sentence: sentence, label: classIndex, statisticName: statisticName,
      statistic: statistic, pValue: pValue, qValue: qValue, purity: purity, members: members,
      cleanHolders: Column(cleanHolders), item: item)
  }
}

import Model
import Scanning

/// The classes of an incident's samples, as they are labelled and as the evidence suggests.
package struct ClassShares: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let name: String
    /// Samples of the incident with this label.
    package let given: Int
    /// Samples of the incident of which the evidence suggests this class, or that have it where none is suggested.
    package let suggested: Int
    /// Samples of the dataset with this label.
    package let whole: Int
    /// The same without those that are flagged and in the incident.
    package let remaining: Int
  }
  /// Classes with any of the incident's samples, those with the most first.
  package let rows: Bounded<Row>
  /// Samples of the incident, those without a label among them.
  package let members: Int
  /// Sum of `Row.whole` over all classes.
  package let whole: Int
  /// Sum of `Row.remaining` over all classes.
  package let remaining: Int

  private static let maxRows = 10

  /// Nil without classes.
  init?(_ incident: Incident, _ report: Report) {
    let classes = report.facts.classes
    guard !classes.isEmpty, report.labels.count == report.count else { return nil }
    var given = [Int](repeating: 0, count: classes.count)
    var (suggested, whole, flagged) = (given, given, given)
    for label in report.labels where classes.indices.contains(Int(label)) { whole[Int(label)] += 1 }
    for member in incident.members {
      let row = Int(member)
      let label = report.givenLabel(row)
      let other = report.suggestedLabels.indices.contains(row) ? report.suggestedLabels[row] : -1
      if classes.indices.contains(Int(label)) {
        given[Int(label)] += 1
        if report.isFlagged(row) { flagged[Int(label)] += 1 }
      }
      let better = other >= 0 ? other : label
      if classes.indices.contains(Int(better)) { suggested[Int(better)] += 1 }
    }
    let rows = classes.indices.filter { given[$0] > 0 || suggested[$0] > 0 }
      .sorted { (given[$1] + suggested[$1], $0) < (given[$0] + suggested[$0], $1) }
      .map { code in
        Row(
          name: classes[code], given: given[code], suggested: suggested[code], whole: whole[code],
          remaining: whole[code] - flagged[code])
      }
    guard !rows.isEmpty else { return nil }
    self.rows = Bounded(rows, upTo: Self.maxRows)
    members = incident.members.count
    self.whole = whole.reduce(0, +)
    remaining = self.whole - flagged.reduce(0, +)
  }
}

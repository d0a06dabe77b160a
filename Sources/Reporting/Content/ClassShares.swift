import Model
import Scanning

/// The classes of an incident's samples before and after: as they are labelled, and as the evidence has them.
package struct ClassShares: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package let name: String
    package let given: Int
    /// The class that the evidence suggests, or the given one where it suggests none.
    package let suggested: Int
    /// In the whole dataset, and there without the samples of the incident that are flagged.
    package let whole: Int
    package let rest: Int
  }
  package let rows: Bounded<Row>
  package let members: Int
  package let whole: Int
  package let rest: Int

  private static let maxRows = 10

  /// Nil without classes.
  init?(_ incident: Incident, _ report: Report) {
    let classes = report.facts.classes
    guard !classes.isEmpty, report.labels.count == report.count else { return nil }
    var given = [Int](repeating: 0, count: classes.count)
    var (suggested, whole, taken) = (given, given, given)
    for label in report.labels where classes.indices.contains(Int(label)) { whole[Int(label)] += 1 }
    for member in incident.members {
      let row = Int(member)
      let label = report.givenLabel(row)
      let other = report.suggestedLabels.indices.contains(row) ? report.suggestedLabels[row] : -1
      if classes.indices.contains(Int(label)) {
        given[Int(label)] += 1
        if report.isFlagged(row) { taken[Int(label)] += 1 }
      }
      let better = other >= 0 ? other : label
      if classes.indices.contains(Int(better)) { suggested[Int(better)] += 1 }
    }
    let rows = classes.indices.filter { given[$0] > 0 || suggested[$0] > 0 }
      .sorted { (given[$1] + suggested[$1], $0) < (given[$0] + suggested[$0], $1) }
      .map { code in
        Row(
          name: classes[code], given: given[code], suggested: suggested[code], whole: whole[code],
          rest: whole[code] - taken[code])
      }
    guard !rows.isEmpty else { return nil }
    self.rows = Bounded(rows, upTo: Self.maxRows)
    members = incident.members.count
    self.whole = whole.reduce(0, +)
    rest = self.whole - taken.reduce(0, +)
  }
}

import Model
import Scanning

/// Samples in groups by the values of a column: its names, the calendar units of a time, or tenths of a number.
struct Grouping: Sendable {
  struct Group: Sendable, Equatable {
    var name: String
    /// Holds for its samples and no others; nil where no condition can say it.
    var condition: String?
  }
  var groups: [Group]
  /// Group of each of the rows that were asked about.
  var codes: [Int32]
  /// Further groups of rows that are in several, by the place of the row.
  var more: [Int: [Int32]] = [:]
  /// Of numbers.
  var summary: NumberSummary?

  init(groups: [Group], codes: [Int32], summary: NumberSummary? = nil) {
    (self.groups, self.codes, self.summary) = (groups, codes, summary)
  }

  /// Nil when cancelled.
  static func make(
    _ column: RowColumn, rows: SampleRows, _ samples: CaseSamples, _ marks: Marks,
    isCancelled: () -> Bool
  ) -> Grouping? {
    if let named = NamedGroups.make(column, rows: rows, samples, marks, isCancelled: isCancelled) {
      return Grouping(named, rows, isCancelled: isCancelled)
    }
    let material = samples.material
    let name = conditionWord(column.name(in: material))
    switch column {
    case .time: return byTime(rows, material.report.times ?? [], isCancelled: isCancelled)
    case .suspicion, .detector, .raw, .layout, .data(_, true):
      return column.numbers(samples, isCancelled: isCancelled).flatMap {
        byNumber(name, rows, $0, areFloats: column.areFloats, isCancelled: isCancelled, column.digits)
      }
    case .tag: return byTag(rows, marks.tags)
    default: return nil
    }
  }

  /// Nil when cancelled.
  init?(_ named: NamedGroups, _ rows: SampleRows, isCancelled: () -> Bool) {
    guard let codes = named.codes(rows, isCancelled: isCancelled) else { return nil }
    self.init(groups: named.groups, codes: codes)
  }

  // MARK: Tags

  /// A sample with several tags is in the group of each.
  private static func byTag(_ rows: SampleRows, _ tags: Tags) -> Grouping {
    let sets = tags.sets
    var groups = sets.map { Group(name: $0.word, condition: "tag = \(conditionWord($0.word))") }
    let none = Int32(sets.count)
    var grouping = Grouping(groups: [], codes: [Int32](repeating: none, count: rows.count))
    for (place, row) in rows.enumerated() {
      for (code, set) in sets.enumerated() where set.rows.contains(row) {
        if grouping.codes[place] == none {
          grouping.codes[place] = Int32(code)
        } else {
          grouping.more[place, default: []].append(Int32(code))
        }
      }
    }
    if grouping.codes.contains(none) { groups.append(Group(name: "none", condition: "tag = none")) }
    grouping.groups = groups
    return grouping
  }
}

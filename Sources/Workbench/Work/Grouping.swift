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

  /// Groups beyond are one.
  private static let maxGroups = 500

  /// Nil when cancelled.
  static func make(
    _ column: RowColumn, rows: SampleRows, _ samples: CaseSamples, _ marks: Marks,
    isCancelled: () -> Bool
  ) -> Grouping? {
    let material = samples.material
    let name = conditionWord(column.name(in: material))
    func named(
      _ names: [String], missing: String? = nil, _ code: @Sendable (Int) -> Int32
    ) -> Grouping? {
      byName(name, rows, names, missing: missing, isCancelled: isCancelled, code)
    }
    switch column {
    case .verdict:
      let places = Dictionary(uniqueKeysWithValues: VerdictMark.allCases.enumerated().map { ($1, Int32($0)) })
      return named(VerdictMark.allCases.map(\.rawValue)) { row in marks[row].flatMap { places[$0] } ?? -1 }
    case .label, .suggested, .source, .hypothesis, .incident:
      let all = CodeColumn(column, material)
      return named(CompiledFilter.nameValues(column, material)) { all[$0] }
    case .cluster:
      let all = CodeColumn(column, material)
      let last = max(0, Int(material.report.clusters.max() ?? 0))
      return named((0...last).map { "c\($0)" }, missing: "not \(name) >= 0") { all[$0] }
    case .time: return byTime(rows, material.report.times ?? [], isCancelled: isCancelled)
    case .suspicion, .detector, .raw, .layout, .data(_, true):
      return column.numbers(samples, isCancelled: isCancelled).flatMap {
        byNumber(name, rows, $0, areFloats: column.areFloats, isCancelled: isCancelled, column.digits)
      }
    case .data(let index, false):
      guard case .names(let all, let names)? = samples.columns.values(index, isCancelled: isCancelled) else {
        return nil
      }
      return named(names, missing: "\(name) = \"\"") { all[$0] }
    case .tag: return byTag(rows, marks.tags)
    case .rank, .id, .finding, .text, .diverse, .distance, .shuffled, .reviewer, .settled:
      return named([]) { _ in -1 }
    }
  }

  // MARK: Names

  /// - Parameters:
  ///   - missing: holds for those without a name; that the column is "none" by default.
  ///   - code: index of the name of a row, anything else for none.
  /// - Returns: nil when cancelled.
  static func byName(
    _ column: String, _ rows: SampleRows, _ names: [String], missing: String? = nil, isCancelled: () -> Bool,
    _ code: @Sendable (Int) -> Int32
  ) -> Grouping? {
    var counts = [Int](repeating: 0, count: names.count + 1)
    let last = names.count
    @Sendable func place(_ code: Int32) -> Int { code >= 0 && Int(code) < last ? Int(code) : last }
    let isCounted = Blocks.fold(
      count: rows.count, size: max(Blocks.longSize, 4 * names.count), isCancelled: isCancelled
    ) { block in
      block.reduce(into: [Int](repeating: 0, count: last + 1)) { $0[place(code(rows[$1]))] += 1 }
    } merge: { part in
      for index in part.indices { counts[index] += part[index] }
    }
    guard isCounted else { return nil }
    var used = counts.indices.filter { counts[$0] > 0 }
    if used.count > maxGroups {
      used = Array(used.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(maxGroups)).sorted()
    }
    var target = [Int32](repeating: Int32(used.count), count: counts.count)
    var groups = used.enumerated().map { index, code -> Group in
      target[code] = Int32(index)
      guard code < names.count else { return Group(name: "none", condition: missing ?? "\(column) = none") }
      return Group(name: names[code], condition: "\(column) = \(conditionWord(names[code]))")
    }
    if counts.indices.contains(where: { counts[$0] > 0 && target[$0] == Int32(used.count) }) {
      groups.append(Group(name: "all others", condition: nil))
    }
    return Blocks.map(count: rows.count, isCancelled: isCancelled) { [target] in target[place(code(rows[$0]))]
    }
    .map { Grouping(groups: groups, codes: $0) }
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

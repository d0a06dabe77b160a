import Model
import Review
import Scanning

/// Asks for samples counted by the values of a column, or of two.
struct PivotRequest: Sendable, Hashable {
  var column: RowColumn
  /// Nil for one column.
  var crossed: RowColumn?
  /// Of the verdicts and the scope; what was counted with another one is no longer true.
  var stamp: Int
}

/// How many samples there are of each value of a column, or of each pair of values of two, and how many are flagged.
package struct Pivot: Sendable {
  package struct Count: Sendable, Equatable {
    package var samples = 0
    package var flagged = 0
    package var open = 0

    package init(samples: Int = 0, flagged: Int = 0, open: Int = 0) {
      self.samples = samples
      self.flagged = flagged
      self.open = open
    }

    mutating func add(isFlagged: Bool, isOpen: Bool) {
      samples += 1
      flagged += isFlagged ? 1 : 0
      open += isOpen ? 1 : 0
    }
  }
  package struct Group: Sendable, Equatable {
    package let name: String
    let condition: String?
    package var count = Count()
  }
  let request: PivotRequest
  package private(set) var rows: [Group]
  /// Empty where one column is counted.
  package private(set) var columns: [Group] = []
  /// By row, then column.
  private var cells: [Count] = []
  package private(set) var all = Count()
  package let summary: NumberSummary?

  /// Counts beyond so many columns are of no use to a person.
  static let maxColumns = 100

  package func cell(_ row: Int, _ column: Int) -> Count { cells[row * columns.count + column] }

  /// Nil when cancelled.
  static func make(
    _ request: PivotRequest, _ set: SampleSet, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> Pivot? {
    let marks = set.filtering.marks
    guard let rows = set.rows(samples, isCancelled: isCancelled),
      let first = Grouping.make(request.column, rows: rows, samples, marks, isCancelled: isCancelled),
      !isCancelled()
    else { return nil }
    var pivot = Pivot(request, first)
    var second: Grouping?
    if let crossed = request.crossed {
      guard let grouping = Grouping.make(crossed, rows: rows, samples, marks, isCancelled: isCancelled)
      else {
        return nil
      }
      pivot.cross(grouping)
      second = grouping
    }
    let suspicion = samples.material.report.suspicion
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return nil }
      let isFlagged = suspicion[row] >= Report.flagThreshold
      let isOpen = marks[row] == nil
      pivot.all.add(isFlagged: isFlagged, isOpen: isOpen)
      pivot.add(Int(first.codes[place]), second.map { Int($0.codes[place]) }, isFlagged, isOpen)
      // Rare: a sample that is in several groups.
      if first.more[place] != nil || second?.more[place] != nil {
        pivot.addFurther(at: place, first, second, isFlagged, isOpen)
      }
    }
    return pivot
  }

  private mutating func add(_ group: Int, _ other: Int?, _ isFlagged: Bool, _ isOpen: Bool) {
    rows[group].count.add(isFlagged: isFlagged, isOpen: isOpen)
    guard let other, other < columns.count else { return }
    columns[other].count.add(isFlagged: isFlagged, isOpen: isOpen)
    cells[group * columns.count + other].add(isFlagged: isFlagged, isOpen: isOpen)
  }

  /// What a sample counts beside its first group of either column.
  private mutating func addFurther(
    at place: Int, _ first: Grouping, _ second: Grouping?, _ isFlagged: Bool, _ isOpen: Bool
  ) {
    let groups = [first.codes[place]] + (first.more[place] ?? [])
    let others = (second.map { [$0.codes[place]] + ($0.more[place] ?? []) } ?? []).filter {
      $0 < columns.count
    }
    for group in groups.dropFirst() { rows[Int(group)].count.add(isFlagged: isFlagged, isOpen: isOpen) }
    for other in others.dropFirst() { columns[Int(other)].count.add(isFlagged: isFlagged, isOpen: isOpen) }
    for (index, group) in groups.enumerated() {
      for (at, other) in others.enumerated() where index + at > 0 {
        cells[Int(group) * columns.count + Int(other)].add(isFlagged: isFlagged, isOpen: isOpen)
      }
    }
  }

  private init(_ request: PivotRequest, _ grouping: Grouping) {
    self.request = request
    rows = grouping.groups.map { Group(name: $0.name, condition: $0.condition) }
    summary = grouping.summary
  }

  private mutating func cross(_ grouping: Grouping) {
    columns = grouping.groups.prefix(Self.maxColumns).map { Group(name: $0.name, condition: $0.condition) }
    cells = [Count](repeating: Count(), count: rows.count * columns.count)
  }

  /// The share that is flagged over that of all, and the ends of its interval; nil where it says nothing.
  package func lift(_ count: Count) -> (value: Double, low: Double, high: Double)? {
    guard count.samples > 0, all.flagged > 0 else { return nil }
    let base = Double(all.flagged) / Double(all.samples)
    let interval = wilsonInterval(count.flagged, of: count.samples)
    return (
      Double(count.flagged) / Double(count.samples) / base, interval.low / base, interval.high / base
    )
  }
}

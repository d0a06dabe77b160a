import Model
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
    _ request: PivotRequest, _ set: SampleSet, _ material: CaseMaterial, isCancelled: () -> Bool
  ) -> Pivot? {
    let marks = set.filtering.marks
    guard let rows = set.rows(material, isCancelled: isCancelled),
      let first = Grouping.make(request.column, rows: rows, material, marks, isCancelled: isCancelled),
      !isCancelled()
    else { return nil }
    var pivot = Pivot(request, first)
    var second: [Int32]?
    if let crossed = request.crossed {
      guard let grouping = Grouping.make(crossed, rows: rows, material, marks, isCancelled: isCancelled)
      else {
        return nil
      }
      pivot.cross(grouping)
      second = grouping.codes
    }
    let suspicion = material.report.suspicion
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return nil }
      let isFlagged = suspicion[Int(row)] >= Report.flagThreshold
      let isOpen = marks[Int(row)] == nil
      let group = Int(first.codes[place])
      pivot.all.add(isFlagged: isFlagged, isOpen: isOpen)
      pivot.rows[group].count.add(isFlagged: isFlagged, isOpen: isOpen)
      guard let other = second.map({ Int($0[place]) }), other < pivot.columns.count else { continue }
      pivot.columns[other].count.add(isFlagged: isFlagged, isOpen: isOpen)
      pivot.cells[group * pivot.columns.count + other].add(isFlagged: isFlagged, isOpen: isOpen)
    }
    return pivot
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

/// The interval of 95 % of a share (E. B. Wilson, "Probable inference, the law of succession, and statistical
/// inference", 1927), which also holds where the share is 0 or 1.
func wilsonInterval(_ part: Int, of whole: Int) -> (low: Double, high: Double) {
  guard whole > 0 else { return (0, 1) }
  let z = 1.959964
  let n = Double(whole)
  let share = Double(part) / n
  let middle = share + z * z / (2 * n)
  let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return (max(0, (middle - half) / scale), min(1, (middle + half) / scale))
}

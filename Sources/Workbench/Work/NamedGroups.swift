import Model
import Scanning

/// The names of a column that are groups of their own: those of most samples, in the order of the names. Rows are counted
/// once; which group a row is in is looked up.
struct NamedGroups: Sendable {
  let groups: [Grouping.Group]
  /// Samples of each group.
  let counts: [Int]
  private let column: CodeColumn
  /// Group of each name, and of rows without one.
  private let places: [Int32]

  /// Groups beyond are one.
  private static let maxGroups = 500
  /// Steps on the same count wait for each other: rows in turn are counted in several tables.
  private static let tables = 4

  /// Nil of columns that have no names, and when cancelled.
  static func make(
    _ column: RowColumn, rows: SampleRows, _ samples: CaseSamples, _ marks: Marks, isCancelled: () -> Bool
  ) -> NamedGroups? {
    let material = samples.material
    let name = conditionWord(column.name(in: material))
    switch column {
    case .verdict:
      let places = Dictionary(uniqueKeysWithValues: VerdictMark.allCases.enumerated().map { ($1, Int32($0)) })
      let codes = CodeColumn { row in marks[row].flatMap { places[$0] } ?? -1 }
      return make(name, rows, VerdictMark.allCases.map(\.rawValue), codes, isCancelled: isCancelled)
    case .label, .suggested, .source, .hypothesis, .incident:
      return make(
        name, rows, CompiledFilter.nameValues(column, material), CodeColumn(column, material),
        isCancelled: isCancelled)
    case .cluster:
      let last = max(0, Int(material.report.clusters.max() ?? 0))
      return make(
        name, rows, (0...last).map { "c\($0)" }, missing: "not \(name) >= 0", CodeColumn(column, material),
        isCancelled: isCancelled)
    case .data(let index, isNumeric: false):
      guard case .names(let codes, let names)? = samples.columns.values(index, isCancelled: isCancelled)
      else {
        return nil
      }
      return make(
        name, rows, names, missing: "\(name) = \"\"", CodeColumn(codes), isCancelled: isCancelled)
    case .time, .suspicion, .detector, .raw, .layout, .data, .tag: return nil
    case .rank, .id, .finding, .text, .diverse, .distance, .shuffled, .reviewer, .settled:
      return none(name, rows, isCancelled: isCancelled)
    }
  }

  /// Where no row has a name.
  static func none(_ column: String, _ rows: SampleRows, isCancelled: () -> Bool) -> NamedGroups? {
    make(column, rows, [], CodeColumn { _ in -1 }, isCancelled: isCancelled)
  }

  /// - Parameters:
  ///   - missing: holds for those without a name; that the column is "none" by default.
  ///   - codes: indices of names, anything else for none.
  private static func make(
    _ column: String, _ rows: SampleRows, _ names: [String], missing: String? = nil, _ codes: CodeColumn,
    isCancelled: () -> Bool
  ) -> NamedGroups? {
    var counts = [Int](repeating: 0, count: names.count + 1)
    let size = counts.count
    let isCounted = Blocks.fold(
      count: rows.count, size: max(Blocks.longSize, 4 * size), isCancelled: isCancelled
    ) { block in
      var part = [UInt32](repeating: 0, count: tables * size)
      part.withUnsafeMutableBufferPointer { part in
        codes.forEachRun(block, of: rows) { _, run in
          for place in run.indices { part[place % tables * size + slot(run[place], size)] += 1 }
        }
      }
      return part
    } merge: { part in
      for index in part.indices { counts[index % size] += Int(part[index]) }
    }
    return isCounted ? NamedGroups(column, names, missing, codes, counts) : nil
  }

  /// The place of a code in a table of this size, whose last is of those without a name.
  @inline(__always) private static func slot(_ code: Int32, _ size: Int) -> Int {
    min(Int(UInt32(bitPattern: code)), size - 1)
  }

  private init(
    _ column: String, _ names: [String], _ missing: String?, _ codes: CodeColumn, _ all: [Int]
  ) {
    var used = all.indices.filter { all[$0] > 0 }
    if used.count > Self.maxGroups {
      used = Array(used.sorted { (all[$1], $0) < (all[$0], $1) }.prefix(Self.maxGroups)).sorted()
    }
    var places = [Int32](repeating: Int32(used.count), count: all.count)
    var counts: [Int] = []
    var groups = used.enumerated().map { index, code -> Grouping.Group in
      places[code] = Int32(index)
      counts.append(all[code])
      guard code < names.count else {
        return Grouping.Group(name: "none", condition: missing ?? "\(column) = none")
      }
      return Grouping.Group(name: names[code], condition: "\(column) = \(conditionWord(names[code]))")
    }
    let others = all.indices.reduce(0) { $0 + (places[$1] == Int32(used.count) ? all[$1] : 0) }
    if others > 0 {
      groups.append(Grouping.Group(name: "all others", condition: nil))
      counts.append(others)
    }
    (self.groups, self.counts, self.column, self.places) = (groups, counts, codes, places)
  }

  /// - Returns: the group of each row; nil when cancelled.
  func codes(_ rows: SampleRows, isCancelled: () -> Bool) -> [Int32]? {
    codes(rows, as: Array(0..<Int32(groups.count)), isCancelled: isCancelled)
  }

  /// - Parameter values: what each group is called instead; of rows of none 0.
  func codes<Value: FixedWidthInteger & Sendable & BitwiseCopyable>(
    _ rows: SampleRows, as values: [Value], isCancelled: () -> Bool
  ) -> [Value]? {
    let table = places.map { Int($0) < values.count ? values[Int($0)] : 0 }
    return Blocks.map(count: rows.count, isCancelled: isCancelled) { block, target in
      table.withUnsafeBufferPointer { table in
        column.forEachRun(block, of: rows) { start, run in
          for place in run.indices { target[start + place] = table[Self.slot(run[place], table.count)] }
        }
      }
    }
  }
}

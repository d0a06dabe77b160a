import Model

/// What the answer of a condition depends on, beside the row.
struct FilterContext: Sendable {
  let samples: CaseSamples
  /// The verdicts that stand, and the tags.
  let marks: Marks
  /// Place of each row by suspicion, from 0; nil while it is not known.
  let rank: ContiguousArray<Int32>?

  var material: CaseMaterial { samples.material }
}

/// A condition is asked of a block of rows at once, by selection vectors as column stores do: what kind of test it is,
/// is told once a block instead of once a row.
extension FilterTest {
  /// The rows for which it holds, in the order in which they came.
  func kept(_ rows: ContiguousArray<Int32>, _ context: FilterContext) -> ContiguousArray<Int32> {
    let material = context.material
    switch self {
    case .not(let inner): return rows.without(inner.kept(rows, context))
    case .and(let a, let b): return b.kept(a.kept(rows, context), context)
    case .or(let a, let b):
      let rest = rows.without(a.kept(rows, context))
      return rows.without(rest.without(b.kept(rest, context)))
    case .number(.rank, let operation, let bound):
      guard let rank = context.rank else { return [] }
      return rows.select { operation.holds(Double(rank[$0] + 1), bound) }
    case .number(let column, let operation, let bound):
      guard let numbers = ColumnNumbers(column, context.samples) else { return [] }
      return rows.select { operation.holds(numbers.stored($0), bound) }
    case .codes(let column, let flags):
      let codes = CodeColumn(column, material)
      return rows.select { row in
        let code = Int(codes[row])
        return code >= 0 && code < flags.count - 1 ? flags[code] : flags[flags.count - 1]
      }
    case .time(let operation, let first, let end):
      return rows.select { row in material.time(of: row).map { operation.holds($0, first, end) } ?? false }
    case .dataNumber(let column, let operation, let bound):
      if case .numbers(let numbers)? = context.samples.columns.loadedValues(column) {
        return rows.select { operation.holds(numbers[$0], bound) }
      }
      return rows.select { operation.holds(context.samples.columns.number(column, at: $0), bound) }
    default: return rows.select { holds($0, context) }
    }
  }

  /// The tests that look up more than a number.
  private func holds(_ row: Int, _ context: FilterContext) -> Bool {
    let (material, marks) = (context.material, context.marks)
    switch self {
    case .verdict(let wanted): return wanted.contains(marks[row])
    case .opinion(let reviewer, let wanted):
      let verdict = reviewer.map { marks.peers.verdict(of: row, by: $0) } ?? marks.peers.settled(row)
      return wanted.contains(verdict.map { VerdictMark($0) })
    case .tag(let operation, let word, let needle):
      if operation == .contains { return marks.tags.of(row).contains { needle.isIn($0) } }
      let has = word == "none" ? marks.tags.of(row).isEmpty : marks.tags.has(row, word)
      return has == (operation == .equal)
    case .finding(let findings, let hasNone):
      if findings.contains(where: { contains(material.report.findings[$0].members, Int32(row)) }) {
        return true
      }
      return hasNone && material.findings(of: row).isEmpty
    case .id(let operation, let value, let needle):
      return material.report.ids.withUTF8(at: row) { id in
        operation == .contains ? needle.isIn(id) : id.elementsEqual(value.utf8) == (operation != .notEqual)
      }
    case .dataText(let column, let operation, let value, let needle):
      let cell = context.samples.columns.cell(column, at: row) ?? ""
      return operation == .contains ? needle.isIn(cell) : (cell == value) == (operation == .equal)
    case .text(let needle): return context.samples.texts(of: row).contains { needle.isIn($0) }
    case .textEquals(let value, let wanted): return context.samples.texts(of: row).contains(value) == wanted
    case .not, .and, .or, .number, .codes, .time, .dataNumber: return !kept([Int32(row)], context).isEmpty
    }
  }
}

extension FilterExpression.Operation {
  /// Nothing holds of NaN.
  package func holds(_ value: Double, _ bound: Double) -> Bool {
    guard !value.isNaN else { return false }
    return switch self {
    case .equal, .contains: value == bound
    case .notEqual: value != bound
    case .less: value < bound
    case .greater: value > bound
    case .atMost: value <= bound
    case .atLeast: value >= bound
    }
  }

  /// Of a time and a stretch of it, whose end lies behind it.
  func holds(_ time: Int64, _ first: Int64, _ end: Int64) -> Bool {
    switch self {
    case .equal, .contains: time >= first && time < end
    case .notEqual: time < first || time >= end
    case .less: time < first
    case .atLeast: time >= first
    case .greater: time >= end
    case .atMost: time < end
    }
  }
}

extension ContiguousArray<Int32> {
  fileprivate func select(_ isWanted: (Int) -> Bool) -> Self {
    var kept = Self()
    kept.reserveCapacity(count)
    for row in self where isWanted(Int(row)) { kept.append(row) }
    return kept
  }

  /// Those that are not in `other`, which has some of them in the same order.
  fileprivate func without(_ other: Self) -> Self {
    var place = 0
    return select { row in
      guard place < other.count, other[place] == Int32(row) else { return true }
      place += 1
      return false
    }
  }
}

import Model

/// Names looked up, dates taken apart, and every comparison turned into one on columns.
extension FilterTest {
  /// - Throws: `FilterError` that points at the unknown column or value.
  static func compile(
    _ expression: FilterExpression, _ material: CaseMaterial
  ) throws(FilterError) -> FilterTest {
    switch expression {
    case .not(let inner): return .not(try compile(inner, material))
    case .and(let a, let b): return .and(try compile(a, material), try compile(b, material))
    case .or(let a, let b): return .or(try compile(a, material), try compile(b, material))
    case .comparison(let comparison): return try compile(comparison, material)
    }
  }

  private static func compile(
    _ comparison: FilterExpression.Comparison, _ material: CaseMaterial
  ) throws(FilterError) -> FilterTest {
    let name = comparison.column
    guard let column = RowColumn.named(name.text, in: material) else {
      let hint = nearest(name.text, RowColumn.allNames(in: material)).map { "; did you mean \($0)?" } ?? ""
      throw FilterError(
        offset: name.offset, length: name.length, message: "no column \(displayText(name.text))\(hint)")
    }
    let operation = comparison.operation
    switch column.kind {
    case .number: return try numberTest(column, operation, comparison.value, name)
    case .moment:
      guard let range = momentRange(comparison.value.text) else {
        throw FilterError(
          offset: comparison.value.offset, length: comparison.value.length,
          message: "expected a time such as 2024-07 or 2024-07-31T09:05")
      }
      return .time(operation, range.lowerBound, range.upperBound)
    case .name: return try nameTest(column, operation, comparison.value, name, material)
    case .text:
      guard operation == .contains || operation == .equal || operation == .notEqual else {
        throw orderError(name)
      }
      let value = comparison.value.text
      if case .data(let index, _) = column {
        return .dataText(index, operation, value, CaselessNeedle(value))
      }
      if column == .id { return .id(operation, value, CaselessNeedle(value)) }
      guard material.samplesHoldText else {
        throw FilterError(offset: name.offset, length: name.length, message: "these samples hold no text")
      }
      return operation == .contains ? .text(CaselessNeedle(value)) : .textEquals(value, operation == .equal)
    }
  }

  private static func numberTest(
    _ column: RowColumn, _ operation: FilterExpression.Operation, _ value: FilterExpression.Word,
    _ name: FilterExpression.Word
  ) throws(FilterError) -> FilterTest {
    guard operation != .contains else {
      throw FilterError(
        offset: name.offset, length: name.length, message: "\(name.text) is a number: ~ is for text")
    }
    var digits = value.text
    if column == .cluster, digits.hasPrefix("c") { digits.removeFirst() }
    guard column != .diverse else {
      throw FilterError(offset: name.offset, length: name.length, message: "diverse can only be sorted by")
    }
    guard let bound = Double(digits), !bound.isNaN else {
      throw FilterError(offset: value.offset, length: value.length, message: "expected a number")
    }
    if case .data(let index, _) = column { return .dataNumber(index, operation, bound) }
    // Scores are Float: 0.9 must mean the Float nearest to 0.9, or `= 0.9` could never hold.
    return .number(column, operation, column == .cluster ? bound : Double(Float(bound)))
  }

  private static func orderError(_ name: FilterExpression.Word) -> FilterError {
    FilterError(offset: name.offset, length: name.length, message: "\(name.text) has no order: use = != or ~")
  }

  private static func nameTest(
    _ column: RowColumn, _ operation: FilterExpression.Operation, _ value: FilterExpression.Word,
    _ name: FilterExpression.Word, _ material: CaseMaterial
  ) throws(FilterError) -> FilterTest {
    guard operation == .contains || operation == .equal || operation == .notEqual else {
      throw orderError(name)
    }
    // Words that are no names of the case: any may be asked for.
    if column == .tag {
      return .tag(operation, value.text == "-" ? "none" : value.text, CaselessNeedle(value.text))
    }
    let names = CompiledFilter.nameValues(column, material)
    let value = FilterExpression.Word(
      text: meant(value.text, column, names), offset: value.offset, length: value.length)
    let needle = CaselessNeedle(value.text)
    var flags = (names + ["none"]).map {
      operation == .contains ? needle.isIn($0) : ($0 == value.text) == (operation == .equal)
    }
    let isKnown = operation == .contains || value.text == "none" || names.contains(value.text)
    guard isKnown else {
      let hint = nearest(value.text, names).map { "; did you mean \(displayText($0))?" } ?? ""
      throw FilterError(
        offset: value.offset, length: value.length,
        message: "no \(name.text) \(displayText(value.text))\(hint)")
    }
    switch column {
    case .verdict, .reviewer, .settled:
      let marks: [VerdictMark?] = VerdictMark.allCases + [nil]
      let wanted = Set(zip(marks, flags).filter(\.1).map(\.0))
      if column == .verdict { return .verdict(wanted) }
      if case .reviewer(let reviewer) = column { return .opinion(reviewer, wanted) }
      return .opinion(nil, wanted)
    case .finding:
      let hasNone = flags.removeLast()
      let chosen = flags.indices.filter { flags[$0] }
      guard operation == .notEqual else { return .finding(chosen, hasNone: hasNone) }
      // "Not in T1", rather than "in another finding than T1".
      if value.text == "none" { return .finding(Array(names.indices), hasNone: false) }
      return .not(.finding(names.indices.filter { names[$0] == value.text }, hasNone: false))
    case .hypothesis:
      // Code 0 is "none"; a code that the report does not name counts as none too.
      flags[flags.count - 1] = flags.first ?? flags[flags.count - 1]
      return .codes(column, flags)
    default: return .codes(column, flags)
    }
  }

  /// The name that a word stands for as it is shown in the table: "-" for none, a letter for a verdict.
  private static func meant(_ text: String, _ column: RowColumn, _ names: [String]) -> String {
    if text == "-", !names.contains("-") { return "none" }
    return column.isVerdict ? VerdictMark(named: text)?.rawValue ?? text : text
  }
}

import Model

/// A filter made ready for one case: names looked up, dates taken apart, and every comparison turned into one
/// on columns. Pure: the same row and the same marks give the same answer.
///
/// A missing number (NaN, no cluster, no time) holds in no comparison, `!=` included. A missing name is equal to
/// the word `none`.
package struct CompiledFilter: Sendable {
  package let source: String
  private let material: CaseMaterial
  private let test: Test

  private indirect enum Test: Sendable {
    case not(Test)
    case and(Test, Test)
    case or(Test, Test)
    case number(RowColumn, FilterExpression.Operation, Double)
    /// Holds for codes of the column whose flag is set; the last flag is for a missing name.
    case codes(RowColumn, [Bool])
    case verdict(Set<VerdictMark?>)
    /// Of a reviewer; nil of what is settled.
    case opinion(String?, Set<VerdictMark?>)
    case tag(FilterExpression.Operation, String, CaselessNeedle)
    case finding([Int], hasNone: Bool)
    case time(FilterExpression.Operation, Int64, Int64)
    case id(FilterExpression.Operation, String, CaselessNeedle)
    case text(CaselessNeedle)
    case textEquals(String, Bool)
    case dataNumber(Int, FilterExpression.Operation, Double)
    case dataText(Int, FilterExpression.Operation, String, CaselessNeedle)
  }

  /// - Throws: `FilterError` that points at the unknown column or value.
  package init(_ source: String, material: CaseMaterial) throws(FilterError) {
    self.source = source
    self.material = material
    test = try Self.compile(try FilterExpression.parse(source), material)
  }

  /// - Parameters:
  ///   - marks: the verdicts that stand, and the tags.
  ///   - rank: the place by suspicion, from 1; nil while it is not known.
  package func holds(_ row: Int, _ marks: Marks, rank: (Int) -> Int? = { _ in nil }) -> Bool {
    evaluate(test, row, marks, rank)
  }

  /// Whether it asks what the scan or others think of a sample.
  var asksForScores: Bool { Self.asksForScores(test) }

  private static func asksForScores(_ test: Test) -> Bool {
    switch test {
    case .not(let inner): asksForScores(inner)
    case .and(let a, let b), .or(let a, let b): asksForScores(a) || asksForScores(b)
    case .number(let column, _, _), .codes(let column, _): column.isScore
    case .finding, .opinion: true
    case .verdict, .time, .id, .text, .textEquals, .dataNumber, .dataText, .tag: false
    }
  }

  /// Columns of the data that the filter asks about, which are better read before it is asked.
  var dataColumns: Set<Int> { Self.dataColumns(of: test) }

  private static func dataColumns(of test: Test) -> Set<Int> {
    switch test {
    case .not(let inner): dataColumns(of: inner)
    case .and(let a, let b), .or(let a, let b): dataColumns(of: a).union(dataColumns(of: b))
    case .dataNumber(let column, _, _), .dataText(let column, _, _, _): [column]
    default: []
    }
  }

  // MARK: Evaluation

  private func evaluate(_ test: Test, _ row: Int, _ marks: Marks, _ rank: (Int) -> Int?) -> Bool {
    switch test {
    case .not(let inner): return !evaluate(inner, row, marks, rank)
    case .and(let a, let b): return evaluate(a, row, marks, rank) && evaluate(b, row, marks, rank)
    case .or(let a, let b): return evaluate(a, row, marks, rank) || evaluate(b, row, marks, rank)
    case .number(let column, let operation, let bound):
      let value = column == .rank ? rank(row).map(Double.init) ?? .nan : number(column, row)
      return Self.holds(value, operation, bound)
    case .codes(let column, let flags):
      let code = Int(code(column, row))
      return code >= 0 && code < flags.count - 1 ? flags[code] : flags[flags.count - 1]
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
    case .time(let operation, let first, let end):
      guard let time = material.time(of: row) else { return false }
      return switch operation {
      case .equal, .contains: time >= first && time < end
      case .notEqual: time < first || time >= end
      case .less: time < first
      case .atLeast: time >= first
      case .greater: time >= end
      case .atMost: time < end
      }
    case .id(let operation, let value, let needle):
      return switch operation {
      case .contains: material.report.ids.withUTF8(at: row) { needle.isIn($0) }
      case .notEqual: !material.report.ids.withUTF8(at: row) { $0.elementsEqual(value.utf8) }
      default: material.report.ids.withUTF8(at: row) { $0.elementsEqual(value.utf8) }
      }
    case .dataNumber(let column, let operation, let bound):
      return Self.holds(material.data.number(column, at: row), operation, bound)
    case .dataText(let column, let operation, let value, let needle):
      let cell = material.data.cell(column, at: row) ?? ""
      return operation == .contains ? needle.isIn(cell) : (cell == value) == (operation == .equal)
    case .text(let needle): return payloadTexts(material, row).contains { needle.isIn($0) }
    case .textEquals(let value, let wanted):
      return payloadTexts(material, row).contains(value) == wanted
    }
  }

  private func number(_ column: RowColumn, _ row: Int) -> Double {
    switch column {
    case .suspicion: Double(material.report.suspicion[row])
    case .cluster: material.cluster(of: row).map(Double.init) ?? .nan
    case .layout(let axis):
      material.layout(of: row).map { Double(axis == 0 ? $0.x : $0.y) } ?? .nan
    case .detector(let index): Double(material.detectors[index].percentile[row])
    case .raw(let index): Double(material.detectors[index].raw[row])
    default: .nan
    }
  }

  private func code(_ column: RowColumn, _ row: Int) -> Int32 {
    let report = material.report
    switch column {
    case .label: return row < report.labels.count ? report.labels[row] : -1
    case .suggested: return row < report.suggestedLabels.count ? report.suggestedLabels[row] : -1
    case .source: return report.sources?.codes[row] ?? -1
    case .hypothesis: return row < report.hypothesis.count ? Int32(report.hypothesis[row]) : -1
    case .incident: return row < report.incidentCodes.count ? report.incidentCodes[row] : -1
    default: return -1
    }
  }

  package static func holds(_ value: Double, _ operation: FilterExpression.Operation, _ bound: Double) -> Bool
  {
    guard !value.isNaN else { return false }
    return switch operation {
    case .equal, .contains: value == bound
    case .notEqual: value != bound
    case .less: value < bound
    case .greater: value > bound
    case .atMost: value <= bound
    case .atLeast: value >= bound
    }
  }

  // MARK: Compilation

  private static func compile(
    _ expression: FilterExpression, _ material: CaseMaterial
  ) throws(FilterError) -> Test {
    switch expression {
    case .not(let inner): return .not(try compile(inner, material))
    case .and(let a, let b): return .and(try compile(a, material), try compile(b, material))
    case .or(let a, let b): return .or(try compile(a, material), try compile(b, material))
    case .comparison(let comparison): return try compile(comparison, material)
    }
  }

  private static func compile(
    _ comparison: FilterExpression.Comparison, _ material: CaseMaterial
  ) throws(FilterError) -> Test {
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
      if material.count > 0, payloadTexts(material, 0).isEmpty, material.report.facts.modality != .text {
        throw FilterError(offset: name.offset, length: name.length, message: "these samples hold no text")
      }
      return operation == .contains ? .text(CaselessNeedle(value)) : .textEquals(value, operation == .equal)
    }
  }

  private static func numberTest(
    _ column: RowColumn, _ operation: FilterExpression.Operation, _ value: FilterExpression.Word,
    _ name: FilterExpression.Word
  ) throws(FilterError) -> Test {
    guard operation != .contains else {
      throw FilterError(
        offset: name.offset, length: name.length, message: "\(name.text) is a number: ~ is for text")
    }
    var digits = value.text
    if column == .cluster, digits.hasPrefix("c") { digits.removeFirst() }
    guard column != .diverse else {
      throw FilterError(offset: name.offset, length: name.length, message: "diverse is to be sorted by only")
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
  ) throws(FilterError) -> Test {
    guard operation == .contains || operation == .equal || operation == .notEqual else {
      throw orderError(name)
    }
    // Words that are no names of the case: any may be asked for.
    if column == .tag {
      return .tag(operation, value.text == "-" ? "none" : value.text, CaselessNeedle(value.text))
    }
    let names = nameValues(column, material)
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

  /// The names that the column can hold, in the order of their codes.
  package static func nameValues(_ column: RowColumn, _ material: CaseMaterial) -> [String] {
    switch column {
    case .verdict, .reviewer, .settled: VerdictMark.allCases.map(\.rawValue)
    case .label, .suggested: material.report.facts.classes
    case .source: material.report.sources?.names ?? []
    case .hypothesis: material.report.hypotheses
    case .incident: material.report.incidents.map(\.id)
    case .finding: material.report.findings.map(\.id)
    default: []
    }
  }
}

/// The pieces of a sample that a search looks at.
func payloadTexts(_ material: CaseMaterial, _ row: Int) -> [String] {
  switch material.payloads.payload(at: row) {
  case .success(.text(let text)): [text]
  case .success(.row(let fields)): fields.map(\.value)
  case .success(.image), .success(.features), .failure: []
  }
}

/// A condition on columns.
indirect enum FilterTest: Sendable {
  case not(FilterTest)
  case and(FilterTest, FilterTest)
  case or(FilterTest, FilterTest)
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

  /// Whether it asks what the scan or others think of a sample.
  var asksForScores: Bool {
    switch self {
    case .not(let inner): inner.asksForScores
    case .and(let a, let b), .or(let a, let b): a.asksForScores || b.asksForScores
    case .number(let column, _, _), .codes(let column, _): column.isScore
    case .finding, .opinion: true
    case .verdict, .time, .id, .text, .textEquals, .dataNumber, .dataText, .tag: false
    }
  }

  /// Columns of the data that it asks about, which are better read before it is asked.
  var dataColumns: Set<Int> {
    switch self {
    case .not(let inner): inner.dataColumns
    case .and(let a, let b), .or(let a, let b): a.dataColumns.union(b.dataColumns)
    case .dataNumber(let column, _, _), .dataText(let column, _, _, _): [column]
    default: []
    }
  }
}

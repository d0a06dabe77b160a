import Model
import Scanning

/// A filter made ready for one case. Pure: the same row and the same marks give the same answer.
///
/// A missing number (NaN, no cluster, no time) holds in no comparison, `!=` included. A missing name is equal to
/// the word `none`.
package struct CompiledFilter: Sendable {
  /// Holds for flagged samples.
  static let flagged = "suspicion >= \(Report.flagThreshold)"

  package let source: String
  let test: FilterTest

  /// - Throws: `FilterError` that points at the unknown column or value.
  package init(_ source: String, material: CaseMaterial) throws(FilterError) {
    self.source = source
    test = try FilterTest.compile(try FilterExpression.parse(source), material)
  }

  /// The rows for which it holds, in the order in which they came.
  package func kept(_ rows: ContiguousArray<Int32>, _ samples: CaseSamples, _ marks: Marks)
    -> ContiguousArray<Int32>
  {
    test.kept(rows, FilterContext(samples: samples, marks: marks, rank: nil))
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

/// A column of the rows of a table themselves, beside what a scan says of them.
package struct DataColumn: Sendable, Equatable {
  package let name: String
  package let isNumeric: Bool

  /// Nil of what is no finite number.
  static func number(_ cell: String) -> Double? {
    Double(cell.trimmed).flatMap { $0.isFinite ? $0 : nil }
  }
}

/// A row-major [rows, columns] matrix of Float on the heap, shared without copying.
package final class DenseMatrix: Sendable {
  package let rows: Int
  package let columns: Int
  package let values: [Float]

  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package convenience init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  package subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  package func row(_ index: Int) -> ArraySlice<Float> { values[index * columns..<(index + 1) * columns] }

  /// All values; row r begins at r * columns.
  package func withUnsafeValues<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try values.withUnsafeBufferPointer(body)
  }
}

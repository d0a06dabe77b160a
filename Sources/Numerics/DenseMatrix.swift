/// A row-major [rows, columns] matrix of Float on the heap, shared without copying.
public final class DenseMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  public let values: [Float]

  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public convenience init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  @inlinable public subscript(row: Int, column: Int) -> Float { values[row * columns + column] }

  @inlinable public func row(_ index: Int) -> ArraySlice<Float> {
    values[index * columns..<(index + 1) * columns]
  }

  /// All values; row r begins at r * columns.
  @inlinable public func withUnsafeValues<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try values.withUnsafeBufferPointer(body)
  }
}

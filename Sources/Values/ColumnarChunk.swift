/// A file of columns whose rows come in chunks, each of which is read when it is asked for: a row group of Parquet, a record
/// batch of Arrow.
package protocol ColumnarFile: Sendable {
  /// Rows of each chunk.
  var chunkSizes: [Int] { get }
  /// - Parameter threads: that columns may be decoded on side by side.
  /// - Throws: `ColumnarError` where it cannot be read.
  func chunk(_ index: Int, threads: Int) throws(ColumnarError) -> any ColumnarChunk
}

/// Some rows of all columns.
package protocol ColumnarChunk: Sendable {
  var rowCount: Int { get }
  /// - Parameters:
  ///   - column: a top-level one.
  ///   - row: below `rowCount`.
  func value(_ column: Int, at row: Int) throws(ColumnarError) -> NestedValue
  /// A column of plain numbers at once; nil of others, which are read value by value.
  func numbers(_ column: Int) -> ColumnNumbers?
  /// A column of texts without a string for each: hands `body` the row and its bytes, which may be no UTF-8; nil for null.
  /// - Returns: false for other columns, which are read value by value.
  func forEachText<Failure: Error>(
    _ column: Int, _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) -> Bool
}

/// Numbers as they are stored.
package struct ColumnNumbers: Sendable {
  package enum Values: Sendable {
    case doubles([Double])
    case floats([Float])
    case wholes([Int64])
  }
  package let values: Values
  /// Whether each row has a value; nil where all have. Those of others mean nothing.
  package let validity: [Bool]?

  package init(_ values: Values, validity: [Bool]?) {
    self.values = values
    self.validity = validity
  }
}

/// A file of columns whose rows come in chunks, each of which is read when it is asked for: a row group of Parquet, a record
/// batch of Arrow.
package protocol ColumnarFile: Sendable {
  /// The top-level columns.
  var fields: [ColumnField] { get }
  /// What a writer adds under a name, such as "huggingface"; nil where it does not.
  func metadata(_ name: String) -> String?
  /// Rows of each chunk.
  var chunkSizes: [Int] { get }
  /// - Throws: `ColumnarError` where it cannot be read.
  func chunk(_ index: Int) throws(ColumnarError) -> any ColumnarChunk
}

/// What a schema says of a column, in whatever format.
package struct ColumnField: Sendable {
  package let name: String
  /// Those of a structure, which has one of each a row; of all else none.
  package let members: [ColumnField]
  package let isMap: Bool
  /// Byte strings that are no texts.
  package let holdsBytes: Bool
  package let holdsWholeNumbers: Bool

  package init(
    name: String, members: [ColumnField], isMap: Bool, holdsBytes: Bool, holdsWholeNumbers: Bool
  ) {
    self.name = name
    self.members = members
    self.isMap = isMap
    self.holdsBytes = holdsBytes
    self.holdsWholeNumbers = holdsWholeNumbers
  }
}

/// A column within a file: a top-level field or, of structures, a member beneath it, by their places.
package struct FieldPath: Sendable, Hashable {
  package let field: Int
  package let members: [Int]

  package init(_ field: Int, _ members: [Int] = []) {
    self.field = field
    self.members = members
  }
}

/// Some rows of all columns.
package protocol ColumnarChunk: Sendable {
  var rowCount: Int { get }
  /// Of the file's fields; asked for again it is at hand.
  func column(_ path: FieldPath) throws(ColumnarError) -> any ColumnarColumn
  /// One value of a column, for those who do not want many: what lies far from it is not read where that can be spared.
  /// - Parameter row: below the number of rows.
  func value(_ path: FieldPath, at row: Int) throws(ColumnarError) -> NestedValue
  /// Decodes columns side by side, so that they are at hand; what is broken is told by `column`.
  func prepare(_ paths: [FieldPath], threads: Int)
}

extension ColumnarChunk {
  package func value(_ path: FieldPath, at row: Int) throws(ColumnarError) -> NestedValue {
    try column(path).value(at: row)
  }

  /// Where nothing is decoded all is at hand.
  package func prepare(_ paths: [FieldPath], threads: Int) {}
}

/// The rows of one column of a chunk. Each method may be called from many threads.
package protocol ColumnarColumn: Sendable {
  /// - Parameter row: below the number of rows.
  func value(at row: Int) throws(ColumnarError) -> NestedValue
  /// Looks at every value for what is broken, as far as that was not done when the column was read.
  func check() throws(ColumnarError)
  /// Plain numbers at once; nil of others, which are read value by value.
  func numbers() -> ColumnNumbers?
  /// Lists of plain numbers at once; nil of others.
  func lists() -> ColumnLists?
  /// Whether it holds texts that lie in memory as such.
  var areTexts: Bool { get }
  /// Texts without a string for each: hands `body` the row and its bytes, which may be no UTF-8; nil for null. Nothing where
  /// `areTexts` is false.
  func forEachText<Failure: Error>(
    _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure)
}

extension ColumnarColumn {
  package func check() {}
  package func numbers() -> ColumnNumbers? { nil }
  package func lists() -> ColumnLists? { nil }
  package var areTexts: Bool { false }
  package func forEachText<Failure: Error>(
    _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) {}
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

/// Lists of numbers end to end, as the nearest floats.
package struct ColumnLists: Sendable {
  package let values: [Float]
  /// Where the list of each row begins and, behind the last, ends.
  package let starts: [Int]
  /// Whether a row has a list, in which no number is missing; nil where all have.
  package let areWhole: [Bool]?

  package init(values: [Float], starts: [Int], areWhole: [Bool]?) {
    self.values = values
    self.starts = starts
    self.areWhole = areWhole
  }
}

import Model
import Values

/// The rows of one chunk as records.
struct ChunkRows: Sendable {
  private let store: ColumnarStore
  private let index: Int
  private let part: ColumnarStore.Part
  let rows: Range<Int>
  /// By the columns of the rows; nil of those that the file lacks.
  private let columns: [(any ColumnarColumn)?]

  init(_ chunk: any ColumnarChunk, _ store: ColumnarStore, _ index: Int) throws(FormatError) {
    self.store = store
    self.index = index
    part = store.part(of: index)
    rows = store.chunks[index].rows
    var columns: [(any ColumnarColumn)?] = []
    for column in part.columns {
      guard let column else {
        columns.append(nil)
        continue
      }
      columns.append(try store.told(index) { () throws(ColumnarError) in try chunk.column(column.path) })
    }
    self.columns = columns
  }

  /// What is stored of a column, where its values are what stands in the cells.
  func plain(_ column: Int) -> (any ColumnarColumn)? {
    guard column != part.listed, let place = part.columns[column], place.names.isEmpty,
      place.classes?.areNamed != true
    else { return nil }
    return columns[column]
  }

  func cell(_ column: Int, at row: Int) throws(FormatError) -> ColumnarCell {
    guard let source = columns[column] else { return part.fixedCell(column) }
    return part.cell(
      column,
      try store.told(index) { () throws(ColumnarError) in try source.value(at: row - rows.lowerBound) })
  }

  /// - Parameters:
  ///   - row: of all rows.
  ///   - wanted: the columns that are read, others are missing; nil for all.
  func read(_ row: Int, into record: inout Record, only wanted: [Int]? = nil) throws(FormatError) {
    record.begin(at: 0, line: row + 1)
    for column in columns.indices {
      record.append(wanted?.contains(column) ?? true ? try cell(column, at: row) : .missing)
    }
  }

  /// Whether a column holds texts that are at hand as bytes.
  func holdsTexts(_ column: Int) -> Bool { plain(column)?.areTexts ?? false }

  /// - Parameter body: takes the row, and the bytes of its cell; nil where it is missing.
  func forEachCell(
    _ column: Int, _ body: (_ row: Int, Record.Kind, UnsafeRawBufferPointer?) throws(FormatError) -> Void
  ) throws(FormatError) {
    func take(_ row: Int) throws(FormatError) {
      let cell = try cell(column, at: row)
      try cell.bytes.withUnsafeBufferPointer { (bytes) throws(FormatError) in
        try body(row, cell.kind, cell.kind == .missing ? nil : UnsafeRawBufferPointer(bytes))
      }
    }
    guard let texts = plain(column), texts.areTexts else {
      for row in rows { try take(row) }
      return
    }
    try texts.forEachText { (row, bytes) throws(FormatError) in
      if let bytes, !UTF8Check.isValid(bytes) {
        try take(rows.lowerBound + row)
      } else {
        try body(rows.lowerBound + row, bytes == nil ? .missing : .text, bytes)
      }
    }
  }

  /// Looks for what is broken in a column that nothing is taken from.
  func check(_ column: Int) throws(FormatError) {
    guard let source = columns[column] else { return }
    try store.told(index) { () throws(ColumnarError) in try source.check() }
  }
}

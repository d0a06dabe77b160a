import Model
import Values

/// Rows of files of columns, as Parquet and Arrow have them, without a text: who reads records finds in them what the same rows
/// would be in JSON Lines.
struct ColumnarRows: RecordRows {
  let store: ColumnarStore
  let columns: [String]

  let formatName = "columns"
  let isTable = false
  var bytes: UnsafeRawBufferPointer { .empty }
  let start = 0
  let separation: RecordSeparation? = nil
  var syntax: any RecordSyntax { ObjectSyntax(columns: columns) }
  var decoded: ColumnarRows? { self }

  init(_ layout: ColumnarLayout) {
    store = ColumnarStore(layout.parts)
    columns = layout.columns
  }

  /// The rows of a chunk that is kept.
  func chunk(_ index: Int) throws(FormatError) -> ChunkRows {
    try ChunkRows(try store.chunk(index), store, index)
  }

  /// Reads a row by its number.
  /// - Returns: false where it cannot be read.
  func read(_ row: Int, into record: inout Record) -> Bool {
    guard let index = store.place(of: row), let chunk = try? store.chunk(index) else { return false }
    record.begin(at: 0, line: row + 1)
    for column in columns.indices {
      guard let cell = try? cell(column, at: row, of: chunk, index) else { return false }
      record.append(cell)
    }
    return true
  }

  /// One cell of a row; nil where it cannot be read.
  func cell(_ column: Int, at row: Int) -> ColumnarCell? {
    guard let index = store.place(of: row), let chunk = try? store.chunk(index) else { return nil }
    return try? cell(column, at: row, of: chunk, index)
  }

  private func cell(
    _ column: Int, at row: Int, of chunk: any ColumnarChunk, _ index: Int
  ) throws(FormatError) -> ColumnarCell {
    let part = store.part(of: index)
    guard let path = part.columns[column]?.path else { return part.fixedCell(column) }
    return part.cell(
      column,
      try store.told(index) { () throws(ColumnarError) in
        try chunk.value(path, at: row - store.chunks[index].rows.lowerBound)
      })
  }

  /// The row as a line of JSON, by which rows of the same content are told apart.
  func line(_ row: Int) -> [UInt8] {
    guard let index = store.place(of: row), let chunk = try? store.chunk(index) else { return [] }
    let part = store.part(of: index)
    let (fields, own) = (part.file.fields, row - store.chunks[index].rows.lowerBound)
    let classes = Dictionary(
      part.columns.compactMap { column in column?.classes.map { (column?.path.field ?? 0, $0) } },
      uniquingKeysWith: { first, _ in first })
    var line = [UInt8(ascii: "{")]
    func begin(_ name: String) {
      if line.count > 1 { line.append(UInt8(ascii: ",")) }
      line += JSONText.string(name) + [UInt8(ascii: ":")]
    }
    for field in fields.indices where field != part.picture?.field {
      guard let value = try? chunk.value(FieldPath(field), at: own) else { return [] }
      begin(fields[field].name)
      if let label = classes[field]?.name(of: value) {
        line += label.map(JSONText.string) ?? Array("null".utf8)
      } else {
        value.appendJSON(to: &line)
      }
    }
    for (column, text) in part.fixed.sorted(by: { $0.key < $1.key }) {
      begin(columns[column])
      line += JSONText.string(text)
    }
    return line + [UInt8(ascii: "}")]
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool { false }

  func walk() -> Walk { Walk(rows: self) }

  struct Walk: RecordWalk {
    private let rows: ColumnarRows
    private var row = 0
    private var index = 0
    private var chunk: ChunkRows?

    init(rows: ColumnarRows) { self.rows = rows }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      guard row < rows.store.count else { return false }
      if let last = chunk, row == last.rows.upperBound {
        index += 1
        chunk = nil
      }
      if chunk == nil { chunk = try rows.chunk(index) }
      try chunk?.read(row, into: &record)
      row += 1
      return true
    }
  }
}

import Model
import Values

/// Rows of files of columns, as Parquet and Arrow have them, without a text: who reads records finds in them what the same rows
/// would be in JSON Lines.
struct ColumnarRows: RecordRows {
  let store: ColumnarStore
  let columns: [String]
  /// Columns that stand in the files; behind them may come the split.
  private let stored: Int

  let formatName = "columns"
  let isTable = false
  var bytes: UnsafeRawBufferPointer { .empty }
  let start = 0
  let separation: RecordSeparation? = nil
  var syntax: any RecordSyntax { ObjectSyntax(columns: columns) }
  var decoded: ColumnarRows? { self }

  /// Nil where the files have other columns, columns of one name, or no rows: they are read as JSON Lines.
  /// - Parameter names: of the columns of each part.
  init?(_ parts: [ColumnarStore.Part], names: [[String]]) {
    guard let first = names.first, !first.isEmpty, first.count < CSVReader.columnLimit,
      names.allSatisfy({ $0 == first }), Set(first).count == first.count
    else { return nil }
    store = ColumnarStore(parts)
    guard store.count > 0 else { return nil }
    stored = first.count
    columns = first + (parts.contains { $0.split != nil } ? [NestedRows.splitColumn] : [])
  }

  /// Reads a row by its number.
  /// - Returns: false where it cannot be read.
  func read(_ row: Int, into record: inout Record) -> Bool {
    guard let place = store.place(of: row), let chunk = try? store.chunk(place) else { return false }
    return (try? read(row, of: chunk, place, into: &record)) != nil
  }

  func read(
    _ row: Int, of chunk: any ColumnarChunk, _ index: Int, into record: inout Record
  ) throws(FormatError) {
    let place = store.chunks[index]
    let part = store.parts[place.part]
    record.begin(at: 0, line: row + 1)
    for column in 0..<stored {
      let value = try store.told(place.part) { () throws(ColumnarError) in
        try chunk.value(column, at: row - place.rows.lowerBound)
      }
      record.append(ColumnarCell(value, part.classes[column]))
    }
    if columns.count > stored { record.append(ColumnarCell(split: part.split)) }
  }

  /// The row as a line of JSON, by which rows of the same content are told apart.
  func line(_ row: Int) -> [UInt8] {
    guard let index = store.place(of: row), let chunk = try? store.chunk(index) else { return [] }
    let place = store.chunks[index]
    let part = store.parts[place.part]
    var line: [UInt8] = []
    for column in 0..<stored {
      guard let value = try? chunk.value(column, at: row - place.rows.lowerBound) else { return [] }
      line += [UInt8(ascii: column == 0 ? "{" : ",")] + JSONText.string(columns[column]) + [UInt8(ascii: ":")]
      if let label = part.classes[column].name(of: value) {
        line += label.map(JSONText.string) ?? Array("null".utf8)
      } else {
        value.appendJSON(to: &line)
      }
    }
    if columns.count > stored, let split = part.split {
      line += [UInt8(ascii: ",")] + JSONText.string(NestedRows.splitColumn) + [UInt8(ascii: ":")]
      line += JSONText.string(split)
    }
    return line + [UInt8(ascii: "}")]
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool { false }

  func walk() -> Walk { Walk(rows: self) }

  struct Walk: RecordWalk {
    let rows: ColumnarRows
    private var row = 0
    private var index = 0

    init(rows: ColumnarRows) { self.rows = rows }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      guard row < rows.store.count else { return false }
      if row == rows.store.chunks[index].rows.upperBound { index += 1 }
      try rows.read(row, of: try rows.store.chunk(index), index, into: &record)
      row += 1
      return true
    }
  }
}

/// A value as the cell that it would be in JSON.
struct ColumnarCell {
  let kind: Record.Kind
  let bytes: [UInt8]

  private init(_ kind: Record.Kind, _ bytes: [UInt8] = []) {
    self.kind = kind
    self.bytes = bytes
  }

  private init(_ text: String?) { self.init(text == nil ? .missing : .text, Array((text ?? "").utf8)) }

  init(_ value: NestedValue, _ classes: ClassNames) {
    if let label = classes.name(of: value) {
      self.init(label)
      return
    }
    switch value {
    case .null: self.init(.missing)
    case .bool: self.init(.bool, value.text)
    // What JSON has no number for is a string there.
    case .float(let number) where !number.isFinite: self.init(Self.text(number))
    case .double(let number) where !number.isFinite: self.init(Self.text(number))
    case .int, .uint, .float, .double, .decimal: self.init(.number, value.text)
    case .list: self.init(.list, value.text)
    case .structure, .map: self.init(.object, value.text)
    default: self.init(.text, value.text)
    }
  }

  init(split: String?) { self.init(split) }

  static func text(_ number: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    if number.isFinite { return number.description }
    return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
  }
}

extension Record {
  fileprivate mutating func append(_ cell: ColumnarCell) {
    var field = Field(start: scratch.count, kind: cell.kind)
    scratch += cell.bytes
    field.end = scratch.count
    field.isInScratch = true
    fields.append(field)
  }
}

import Model

/// Writes records of a file again with some of their cells changed, all other bytes as they are.
package struct RecordEditor {
  package let columns: [String]
  package private(set) var id: String?
  package private(set) var label: String?
  /// Nil also where several columns make the text.
  package private(set) var text: String?
  package private(set) var source: String?
  package private(set) var time: String?
  /// Columns that the file lacks: every record gets them behind its own.
  private var added: [String] = []
  /// How a table is written; nil for JSON.
  private let dialect: Dialect?
  /// Where in the file the line begins that names the columns; nil where none does.
  private var headerStart: Int?
  private var encoding = TextEncoding.utf8
  private let name: String

  /// - Throws: `FormatError` where the columns cannot be told.
  package init(_ records: RecordFile, name: String, options: DatasetOptions) throws(FormatError) {
    let scan = try RecordScan(path: records.path, name: name, format: records.format, options: options)
    let roles = try ColumnRoles(scan, options: options)
    let dialect: Dialect? = if case .table(let table) = scan.body { table.dialect } else { nil }
    self.init(columns: scan.columns, dialect: dialect, name: name)
    func column(_ index: Int?) -> String? { index.map { scan.columns[$0] } }
    (id, label) = (column(roles.id), column(roles.label))
    text = roles.text.count == 1 ? column(roles.text.first) : nil
    (source, time) = (column(roles.source), column(roles.time))
    encoding = scan.text.encoding
    if case .table(let table) = scan.body {
      headerStart = table.headerStart.map { scan.text.filePlace(of: $0) }
    }
  }

  /// An editor of records with these columns, whatever they stand for.
  /// - Parameter dialect: nil for JSON objects.
  package init(columns: [String], dialect: Dialect?, name: String) {
    self.columns = columns
    self.dialect = dialect
    self.name = name
  }

  /// The column of the source or the time.
  package func column(of role: OriginRole) -> String? {
    switch role {
    case .source: source
    case .time: time
    }
  }

  /// From here on every record gets a column of this role, which the file lacks.
  /// - Throws: `FormatError` where a reader of the copy would not find it.
  package mutating func addColumn(of role: OriginRole) throws(FormatError) {
    let column = role.columnName
    guard dialect == nil || headerStart != nil else {
      throw FormatError(name, "has no header that could name a column '\(column)'")
    }
    let isTaken = columns.contains { known in
      ColumnNames.folded(known) == column || (dialect == nil && known.hasPrefix(column + "."))
    }
    guard !isTaken else {
      throw FormatError(name, "has a column '\(column)' that is not the \(role.rawValue) of its samples")
    }
    added.append(column)
    switch role {
    case .source: source = column
    case .time: time = column
    }
  }

  /// The bytes before the first record, with the names of columns that were added.
  /// - Parameter bytes: all of them, from the beginning of the file.
  package func header(_ bytes: UnsafeRawBufferPointer) throws(FormatError) -> [UInt8] {
    guard let headerStart, !added.isEmpty else { return Array(bytes) }
    let line = UnsafeRawBufferPointer(rebasing: bytes[headerStart...])
    let names = Dictionary(added.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
    return try Array(bytes[..<headerStart]) + edited(line, names)
  }

  /// `record` with new cells.
  /// - Parameters:
  ///   - record: bytes of the file, in its encoding.
  ///   - cells: by column; columns that the file does not have are passed over.
  package func edited(_ record: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [UInt8]
  {
    guard !encoding.isUTF8 else { return record.applying(try edits(record, cells)) }
    let text = HeapBytes(try encoding.decoded(record, name))
    return try encoding.encoded(text.bytes.applying(try edits(text.bytes, cells)), name)
  }

  /// The cell of a column as it stands in `record`; nil where it has none.
  package func cell(_ column: String, in record: UnsafeRawBufferPointer) -> String? {
    let text = encoding.isUTF8 ? nil : (try? encoding.decoded(record, name)).map(HeapBytes.init)
    guard let (record, columns) = parsed(text?.bytes ?? record), let place = columns.firstIndex(of: column),
      place < record.count, record.kind(place) != .missing
    else { return nil }
    return record.string(place)
  }

  /// The record with the names of its cells.
  private func parsed(_ bytes: UnsafeRawBufferPointer) -> (Record, [String])? {
    var record = Record()
    if let dialect {
      var reader = CSVReader(bytes: bytes, dialect: dialect)
      return (try? reader.next(&record)) == true ? (record, columns) : nil
    }
    var paths = JSONPaths()
    var cursor = JSONCursor(bytes, in: 0..<bytes.count, allowsNonFinite: true)
    guard (try? cursor.skipValue()) != nil,
      (try? paths.read(bytes, 0..<cursor.position, into: &record)) != nil
    else { return nil }
    return (record, paths.columns)
  }

  private func edits(_ bytes: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [ByteEdit]
  {
    guard !cells.isEmpty || !added.isEmpty else { return [] }
    guard let (record, names) = parsed(bytes), dialect == nil || record.count >= columns.count else {
      throw FormatError(name, "a record can no longer be read")
    }
    return try dialect.map { dialect throws(FormatError) in try fields(record, bytes, cells, dialect) }
      ?? members(record, names, bytes, cells)
  }

  private func fields(
    _ record: Record, _ bytes: UnsafeRawBufferPointer, _ cells: [String: String], _ dialect: Dialect
  ) throws(FormatError) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for (index, column) in columns.enumerated() {
      guard let text = cells[column] else { continue }
      try check(text, dialect)
      let place = record.place(index)
      let wasQuoted = !place.isEmpty && bytes[place.lowerBound] == dialect.quote
      // A line of one empty cell would be a blank line.
      let isBlank = text.isEmpty && columns.count == 1
      edits.append(ByteEdit(place, dialect.written(text.utf8, isQuoted: wasQuoted || isBlank)))
    }
    guard let last = columns.indices.last, !added.isEmpty else { return edits }
    var end = record.place(last).upperBound
    // Spaces behind a closing quote belong to no cell, and must not come behind a new one.
    while end < bytes.count, bytes[end] == 0x20, dialect.delimiter != 0x20 { end += 1 }
    var new: [UInt8] = []
    for column in added {
      let text = cells[column] ?? ""
      try check(text, dialect)
      new += [dialect.delimiter] + dialect.written(text.utf8)
    }
    return edits + [ByteEdit(end..<end, new)]
  }

  private func check(_ text: String, _ dialect: Dialect) throws(FormatError) {
    guard dialect.canHold(text.utf8) else {
      throw FormatError(name, "'\(text)' cannot be written without quotes")
    }
  }

  /// A member that the object lacks is put at its end.
  private func members(
    _ record: Record, _ names: [String], _ bytes: UnsafeRawBufferPointer, _ cells: [String: String]
  ) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var missing: [UInt8] = []
    for column in columns + added {
      guard let text = cells[column] else { continue }
      if let index = names.firstIndex(of: column) {
        let place = record.place(index)
        edits.append(ByteEdit(place, JSONText.value(text, like: bytes[place.lowerBound])))
      } else {
        let separator = names.isEmpty && missing.isEmpty && !bytes.contains(UInt8(ascii: ":")) ? "" : ", "
        missing += Array(separator.utf8) + JSONText.string(column) + Array(": ".utf8)
        missing += JSONText.value(text, like: nil)
      }
    }
    if !missing.isEmpty, let end = bytes.lastIndex(of: UInt8(ascii: "}")) {
      edits.append(ByteEdit(end..<end, missing))
    }
    return edits
  }
}

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
  private let syntax: any RecordSyntax
  /// Where in the file the line begins that names the columns; nil where none does.
  private var headerStart: Int?
  private var encoding = TextEncoding.utf8
  private let name: String

  init(_ scan: RecordScan, _ roles: ColumnRoles) {
    self.init(columns: scan.columns, syntax: scan.rows.syntax, name: scan.name)
    func column(_ index: Int?) -> String? { index.map { scan.columns[$0] } }
    (id, label) = (column(roles.id), column(roles.label))
    text = roles.text.count == 1 ? column(roles.text.first) : nil
    (source, time) = (column(roles.source), column(roles.time))
    encoding = scan.text.encoding
    headerStart = scan.rows.headerStart.map { scan.text.filePlace(of: $0) }
  }

  /// An editor of records with these columns, whatever they stand for.
  package init(columns: [String], syntax: any RecordSyntax, name: String) {
    self.columns = columns
    self.syntax = syntax
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
    guard !syntax.needsHeader || headerStart != nil else {
      throw FormatError(name, "has no header that could name a column '\(column)'")
    }
    let isTaken = columns.contains { known in
      ColumnNames.folded(known) == column || syntax.isPart(known, of: column)
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
    guard let (record, columns) = syntax.parsed(text?.bytes ?? record),
      let place = columns.firstIndex(of: column),
      place < record.count, record.kind(place) != .missing
    else { return nil }
    return record.string(place)
  }

  private func edits(_ bytes: UnsafeRawBufferPointer, _ cells: [String: String]) throws(FormatError)
    -> [ByteEdit]
  {
    guard !cells.isEmpty || !added.isEmpty else { return [] }
    guard let edits = try syntax.edits(bytes, cells, adding: added, file: name) else {
      throw FormatError(name, "a record can no longer be read")
    }
    return edits
  }
}

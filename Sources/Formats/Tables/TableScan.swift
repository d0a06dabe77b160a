import Model

/// The rows of a table of text: how it is written and what its columns are, found by looking at its beginning.
struct TableScan: RecordRows {
  let tableDialect: Dialect
  let columns: [String]
  let headerStart: Int?
  let start: Int
  /// The number of the line in which the first row begins.
  let startLine: Int
  private(set) var found: [String]
  private(set) var notes: [String] = []
  private let text: RecordText
  /// Nil where quotes are as they were told, or none.
  let swallowed: SwallowedRows?

  /// A longer one is no name, but a file that is no table.
  private static let maxNameLength = 1 << 16

  /// - Throws: `FormatError` when the header is broken.
  init(
    _ text: RecordText, usualDelimiter: UInt8, name: String, options: DatasetOptions
  ) throws(FormatError) {
    let search = try DialectSearch(text, usualDelimiter: usualDelimiter, options: options, file: name)
    self.text = text
    let bytes = text.bytes
    let dialect = search.dialect
    tableDialect = dialect
    found = search.found
    if let hint = search.hint { notes.append("\(name): \(hint)") }
    var reader = CSVReader(bytes: bytes, dialect: dialect, start: search.start, line: search.line)
    let hasHeader = options.hasHeader ?? !HeaderSearch(reader).isMissing
    var record = Record()
    do throws(CSVReader.Problem) {
      guard try reader.next(&record) else {
        throw CSVReader.Problem(line: search.line, message: "file has no header")
      }
    } catch {
      throw FormatError(name, at: "line \(error.line)", error.message)
    }
    if hasHeader, let long = (0..<record.count).first(where: { record.place($0).count > Self.maxNameLength })
    {
      throw FormatError(
        name, at: "line \(record.line)",
        "the name of column \(long + 1) is \(record.place(long).count) bytes long; the first line of a table names its columns"
      )
    }
    headerStart = hasHeader ? record.bytes.lowerBound : nil
    let first = hasHeader ? reader : CSVReader(bytes: bytes, dialect: dialect, start: record.bytes.lowerBound)
    swallowed = options.quote == nil ? SwallowedRows(first, columns: record.count) : nil
    guard hasHeader else {
      columns = (1...record.count).map { "column \($0)" }
      (start, startLine) = (record.bytes.lowerBound, record.line)
      if options.hasHeader == nil {
        found.append("no header")
        notes.append(
          "\(name): line \(startLine) reads like the lines behind it, so it is taken for a row, not for the header; "
            + "--header takes it for the header")
      }
      return
    }
    if !UTF8Check.isValid(UnsafeRawBufferPointer(rebasing: bytes[record.bytes])) {
      notes.append(
        "\(name): the header is not UTF-8 (line \(record.line)), so names of columns are shown with marks in them; --encoding "
          + "latin1, cp1252 or another reads it")
    }
    let header = (0..<record.count).map { TableHeader.trimmed(record.string($0)) }
    let renamed: [String]
    (columns, renamed) = TableHeader.distinct(header)
    notes += renamed
    (start, startLine) = (record.bytes.upperBound, reader.line)
  }

  /// Rows that are read one by one.
  init(_ text: RecordText, dialect: Dialect, columns: [String]) {
    self.text = text
    self.columns = columns
    tableDialect = dialect
    (headerStart, start, startLine) = (nil, text.start, 1)
    (found, swallowed) = ([], nil)
  }

  var formatName: String {
    switch tableDialect.delimiter {
    case UInt8(ascii: ","): "CSV"
    case UInt8(ascii: "\t"): "TSV"
    default: "delimited text"
    }
  }

  var isTable: Bool { true }
  var dialect: Dialect? { tableDialect }
  var hasHeader: Bool? { headerStart != nil }
  var bytes: UnsafeRawBufferPointer { text.bytes }
  var separation: RecordSeparation? { .rows }
  var syntax: any RecordSyntax { TableSyntax(tableDialect, columns: columns) }

  func walk() -> Walk {
    Walk(
      table: self,
      reader: CSVReader(bytes: text.bytes, dialect: tableDialect, start: start, line: startLine))
  }

  func parts(_ count: Int) -> [Walk] {
    guard !tableDialect.endsLinesWithCR else { return [] }
    let starts = TextParts.starts(count, in: bytes, from: start, passing: [10, 13])
    return starts.indices.map { part in
      var walk = Walk(
        table: self,
        reader: CSVReader(bytes: bytes, dialect: tableDialect, start: starts[part], line: startLine))
      walk.end = part + 1 < starts.count ? starts[part + 1] : bytes.count
      return walk
    }
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool {
    var reader = CSVReader(bytes: bytes, dialect: tableDialect)
    return (try? reader.next(&record)) == true && record.count >= columns.count
  }
}

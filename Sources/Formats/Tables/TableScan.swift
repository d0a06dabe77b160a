import Model

/// The rows of a table of text: how it is written and what its columns are, found by looking at its beginning.
struct TableScan: RecordRows {
  let tableDialect: Dialect
  let columns: [String]
  let headerStart: Int?
  let start: Int
  /// The number of the line in which the first row begins.
  private let startLine: Int
  private(set) var found: [String]
  private(set) var notes: [String] = []
  private let text: RecordText
  /// Nil where quotes are as they were told, or none.
  private let swallowed: SwallowedRows?

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
    let header = (0..<record.count).map { Self.trimmed(record.string($0)) }
    let renamed: [String]
    (columns, renamed) = Self.distinct(header)
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

  struct Walk: RecordWalk {
    let table: TableScan
    var reader: CSVReader
    /// Where the next part begins; rows from there on are not of this walk.
    fileprivate var end = Int.max

    fileprivate init(table: TableScan, reader: CSVReader) {
      self.table = table
      self.reader = reader
    }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      reader.position < end && table.next(&reader, &record, &bad)
    }

    var linesRead: Int? { reader.position == end ? reader.line - table.startLine : nil }
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool {
    var reader = CSVReader(bytes: bytes, dialect: tableDialect)
    return (try? reader.next(&record)) == true && record.count >= columns.count
  }

  /// The next row that has as many cells as there are columns; lines that have not are bad.
  private func next(_ reader: inout CSVReader, _ record: inout Record, _ bad: inout BadLines) -> Bool {
    while true {
      do throws(CSVReader.Problem) {
        guard try reader.next(&record) else { return false }
        if record.count == columns.count {
          guard reader.line > record.line + 1, let lines = swallowed?.lines(in: record) else { return true }
          throw CSVReader.Problem(line: lines.opened, message: Self.swallowing(lines))
        }
        // Delimiters at the end of a line give empty cells that no column holds.
        if record.count > columns.count,
          (columns.count..<record.count).allSatisfy({ record.place($0).isEmpty })
        {
          record.fields.removeLast(record.count - columns.count)
          return true
        }
        let wanted = "\(columns.count) fields as in the \(headerStart != nil ? "header" : "first line")"
        bad.append(line: record.line, "expected \(wanted), found \(record.count)")
      } catch {
        bad.append(line: error.line, error.message)
        reader.skipLine(of: record)
      }
    }
  }

  /// Without spaces of any kind around it, those without width included.
  private static func trimmed(_ name: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
    }
    let scalars = name.unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[...last])
  }

  private static func swallowing(_ lines: (opened: Int, closed: Int)) -> String {
    "a quote opens here and closes on line \(lines.closed), and the lines from one to the other are rows of their own; "
      + "--quote none takes quotes for text, --quote '\"' takes all of it for one cell"
  }

  /// Empty and doubled names get a number, so that no column hides another.
  private static func distinct(_ names: [String]) -> ([String], [String]) {
    var distinct = DistinctNames(reserved: names) { "\($0) (\($1))" }
    let result = names.enumerated().map { distinct.take($1.isEmpty ? "column \($0 + 1)" : $1) }
    let renamed = names.indices.filter { names[$0] != result[$0] }
    var notes = renamed.prefix(5).map {
      "column \($0 + 1) '\(displayText(names[$0]))' is called '\(displayText(result[$0]))'"
    }
    if renamed.count > 5 { notes.append("\(renamed.count - 5) more columns have no name of their own") }
    return (result, notes)
  }
}

import Model

/// The rows of a file of records as cells by column: a look that finds how it is written and what its columns are, then
/// passes that hand out each row.
struct RecordScan: Sendable {
  let text: RecordText
  let name: String
  private(set) var rows: any RecordRows
  /// Column names, duplicates made distinct; for JSON paths in order of first appearance.
  private(set) var columns: [String]
  /// What a person calls the form that the file has.
  let formatName: String
  private let skipsBadLines: Bool

  /// Looks at the beginning of the file only: `whole` knows the columns of all rows.
  /// - Throws: `FormatError` when the file is empty, cannot be decoded, or its header is broken.
  init(
    path: String, name: String, format: any RecordFormat, options: DatasetOptions
  ) throws(FormatError) {
    text = try RecordText(path: path, name: name, encoding: options.encoding)
    self.name = name
    skipsBadLines = options.skipBadLines
    rows = try format.rows(of: text, name: name, options: options)
    columns = rows.columns
    formatName = rows.formatName
  }

  /// - Parameter format: what a person calls the format that they come from.
  init(
    imported samples: ImportedSamples, of format: String, name: String, options: DatasetOptions
  ) throws(FormatError) {
    text = samples.text
    self.name = name
    skipsBadLines = false
    switch samples.rows {
    case .lines: rows = try JSONLinesFormat().rows(of: text, name: name, options: options)
    case .columns(let columns): rows = columns
    }
    columns = rows.columns
    formatName = format
  }

  /// The same where an index of them is known.
  init?(imported samples: ImportedSamples, index: RecordIndex, of format: String, name: String) {
    switch samples.rows {
    case .lines: self.init(samples.text, index: index, of: format, name: name)
    case .columns(let columns):
      guard index.isSound, index.table == nil, index.columns == columns.columns else { return nil }
      self.init(samples.text, columns, of: format, name: name)
    }
  }

  private init(_ text: RecordText, _ rows: any RecordRows, of format: String, name: String) {
    (self.text, self.name, self.rows) = (text, name, rows)
    (columns, formatName, skipsBadLines) = (rows.columns, format, false)
  }

  /// Lines of JSON that are read one by one, with their columns.
  init(lines text: RecordText, columns: [String], name: String) {
    self.init(text, ObjectScan(text, columns: columns), of: "", name: name)
  }

  /// Records that lie where an index of them says, none of which is looked at; nil where it is of another text.
  /// - Parameter format: what a person calls the format that they come from.
  init?(_ text: RecordText, index: RecordIndex, of format: String, name: String) {
    guard index.isSound, index.size == text.bytes.count else { return nil }
    let rows: any RecordRows =
      if let table = index.table {
        TableScan(text, dialect: Dialect(table), columns: index.columns)
      } else {
        ObjectScan(text, columns: index.columns)
      }
    self.init(text, rows, of: format, name: name)
  }

  /// With the columns of all rows.
  func whole() throws(FormatError) -> RecordScan {
    guard !rows.isWhole else { return self }
    var scan = self
    scan.rows = try rows.whole(file: name, skipsBadLines: skipsBadLines)
    scan.columns = scan.rows.columns
    return scan
  }

  /// Of records that can be read one by one; nil of others.
  func index(_ roles: ColumnRoles) -> RecordIndex? {
    guard rows.separation != nil || rows.decoded != nil else { return nil }
    let builder = roles.textBuilder
    return RecordIndex(
      table: rows.dialect?.indexed, columns: columns, text: builder?.columns ?? [],
      turnStrings: builder?.turnStrings.sorted() ?? [],
      judged: JudgedContent(roles, names: columns).columns, image: roles.image, size: rows.bytes.count)
  }

  /// What was found by looking, for a person to know.
  var found: [String] {
    (text.encoding.why.isEmpty ? [] : ["\(text.encoding.name) \(text.encoding.why)"]) + rows.found
  }

  /// Hands `body` every row with its index, in order.
  /// - Returns: the lines that were left out, where that was asked for.
  /// - Throws: what `body` throws, or all bad lines in one error.
  @discardableResult
  func forEachRow(_ body: (_ row: Int, _ record: Record) throws(FormatError) -> Void) throws(FormatError)
    -> BadLines
  {
    let bad = try rows.forEachRow(file: name, skipsBadLines: skipsBadLines, body)
    if !skipsBadLines, let error = bad.error(name) { throw error }
    return bad
  }

  /// The first rows only; what cannot be read is passed over.
  func forFirstRows(_ count: Int, _ body: (Record) -> Void) {
    rows.forFirstRows(count, file: name, body)
  }

  /// Where each record lies in the file, for what is copied byte for byte.
  /// - Throws: `FormatError` where the samples have no places of their own.
  func located() throws(FormatError) -> RecordFile {
    guard let separation = rows.separation else {
      throw FormatError(
        name,
        "is one object, in which no sample has a place of its own; write it as JSON Lines, or a drop-list")
    }
    let areElements = separation == .elements
    var starts: [UInt64] = []
    var ends: [UInt64] = []
    let bad = try forEachRow { _, record throws(FormatError) in
      starts.append(UInt64(text.filePlace(of: record.bytes.lowerBound)))
      ends.append(UInt64(text.filePlace(of: areElements ? record.end : record.bytes.upperBound)))
    }
    let header = UInt64(text.filePlace(of: rows.start))
    let first = bad.count == 0 ? starts.first ?? header : header
    let end = ends.last ?? header
    return RecordFile(
      path: text.file.path, headerBytes: 0..<first, offsets: Column(starts + [end]),
      ends: areElements || bad.count > 0 ? Column(ends) : [],
      footerBytes: areElements ? end..<UInt64(text.file.bytes.count) : 0..<0,
      separator: try text.encoding.encoded(Array((areElements ? ",\n" : "\n").utf8), name),
      isJoined: areElements, endsWithCR: separation == .rows)
  }
}

extension ImportedSamples {
  /// Empty where the rows are columns.
  fileprivate var text: RecordText {
    switch rows {
    case .lines(let lines): RecordText(lines)
    case .columns: RecordText(MappedFile())
    }
  }
}

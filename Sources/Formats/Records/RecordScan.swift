import Model

/// The rows of a file of records as cells by column: a look that finds how it is written and what its columns are, then
/// passes that hand out each row.
struct RecordScan: Sendable {
  let text: RecordText
  let name: String
  let rows: any RecordRows
  /// Column names, duplicates made distinct; for JSON all paths in order of first appearance.
  let columns: [String]
  /// What a person calls the form that the file has.
  let formatName: String
  private let skipsBadLines: Bool

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
    text = RecordText(samples.lines)
    self.name = name
    skipsBadLines = false
    rows = try JSONLinesFormat().rows(of: text, name: name, options: options)
    columns = rows.columns
    formatName = format
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

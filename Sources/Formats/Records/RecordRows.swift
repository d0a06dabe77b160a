import Model

/// The rows of one file of records, once it is known how it is written: all formats look alike from here on.
protocol RecordRows: Sendable {
  associatedtype Walk: RecordWalk
  /// Column names, duplicates made distinct; for JSON all paths in order of first appearance.
  var columns: [String] { get }
  /// What a person calls the form that the file has.
  var formatName: String { get }
  /// Whether every row has a cell in every column.
  var isTable: Bool { get }
  /// How a table of text is written; nil of others.
  var dialect: Dialect? { get }
  /// Whether the first row names the columns; nil where names stand elsewhere.
  var hasHeader: Bool? { get }
  /// What was found by looking, for a person to know.
  var found: [String] { get }
  var notes: [String] { get }
  /// The bytes that rows are read from.
  var bytes: UnsafeRawBufferPointer { get }
  /// Where that header begins; nil where there is none.
  var headerStart: Int? { get }
  /// Where the first row may begin.
  var start: Int { get }
  /// What stands between two rows; nil where the rows have no places of their own in the file.
  var separation: RecordSeparation? { get }
  /// How one of the records is taken apart and written again.
  var syntax: any RecordSyntax { get }

  func walk() -> Walk
  /// Hands `body` every row with its index, in order.
  /// - Parameters:
  ///   - file: what errors call it.
  ///   - skipsBadLines: else the rows behind a bad line are only looked through for others.
  /// - Returns: the bad lines.
  func forEachRow(
    file: String, skipsBadLines: Bool, _ body: (_ row: Int, _ record: Record) throws(FormatError) -> Void
  ) throws(FormatError) -> BadLines
  /// The first rows only; what cannot be read is passed over.
  func forFirstRows(_ count: Int, file: String, _ body: (Record) -> Void)
  /// Reads one row that lies in other bytes than the file's.
  /// - Returns: false where it is no row of this file.
  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool
}

extension RecordRows {
  var dialect: Dialect? { nil }
  var hasHeader: Bool? { nil }
  var headerStart: Int? { nil }
  var found: [String] { [] }
  var notes: [String] { [] }

  // These two are requirements, so that the loops are compiled for each format: `next` is called for every row.

  func forEachRow(
    file: String, skipsBadLines: Bool, _ body: (_ row: Int, _ record: Record) throws(FormatError) -> Void
  ) throws(FormatError) -> BadLines {
    var bad = BadLines()
    var record = Record()
    var row = 0
    var walk = walk()
    while try walk.next(&record, &bad, file: file) {
      if bad.count == 0 || skipsBadLines { try body(row, record) }
      row += 1
    }
    return bad
  }

  func forFirstRows(_ count: Int, file: String, _ body: (Record) -> Void) {
    var bad = BadLines()
    var record = Record()
    var walk = walk()
    for _ in 0..<count {
      guard (try? walk.next(&record, &bad, file: file)) == true else { return }
      body(record)
    }
  }
}

/// Goes from row to row.
protocol RecordWalk {
  /// Reads the next row that holds; those that do not are bad lines.
  /// - Returns: false at the end.
  /// - Throws: `FormatError` where nothing behind can be told from what is broken.
  mutating func next(
    _ record: inout Record, _ bad: inout BadLines, file: String
  ) throws(FormatError) -> Bool
}

/// What stands between the records of a file.
enum RecordSeparation: Sendable {
  /// A line end, which may be a lone CR.
  case rows
  /// A line end, to which a lone CR is a space.
  case lines
  /// The comma of an array.
  case elements
}

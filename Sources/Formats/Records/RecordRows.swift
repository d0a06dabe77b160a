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

  /// Whether `columns` are those of all rows; else only of the first ones, and a walk throws at the first row that has more.
  var isWhole: Bool { get }
  /// The same with all columns.
  /// - Throws: `FormatError` where that takes a look at all rows, and some of them cannot be read.
  func whole(file: String, skipsBadLines: Bool) throws(FormatError) -> Self

  /// The rows where they are values and no text; they are read by their numbers and not by their places then.
  var decoded: ColumnarRows? { get }

  func walk() -> Walk
  /// Walks over parts of the rows, in order, whose lines are counted from that of the first row; none where the rows have no
  /// places that can be cut at.
  func parts(_ count: Int) -> [Walk]
  /// `parts` read side by side; a requirement as the loops below are.
  func readInParts(_ scan: RecordScan, threads: Int, empty: () -> RecordColumns) -> RecordColumns?
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
  var isWhole: Bool { true }
  var decoded: ColumnarRows? { nil }
  func parts(_ count: Int) -> [Walk] { [] }
  func whole(file: String, skipsBadLines: Bool) throws(FormatError) -> Self { self }

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
  /// Behind the last row of a part: the lines that it takes; nil where that is not where the next part begins.
  var linesRead: Int? { get }
  /// Reads the next row that holds; those that do not are bad lines.
  /// - Returns: false at the end.
  /// - Throws: `FormatError` where nothing behind can be told from what is broken.
  mutating func next(
    _ record: inout Record, _ bad: inout BadLines, file: String
  ) throws(FormatError) -> Bool
}

extension RecordWalk {
  var linesRead: Int? { nil }
}

/// Where parts of a text may begin: behind line ends, so many bytes from each other.
enum TextParts {
  /// - Parameter blank: bytes that are passed over behind a line end.
  /// - Returns: rising, at most `count` of them, from `start` on.
  static func starts(
    _ count: Int, in bytes: UnsafeRawBufferPointer, from start: Int, passing blank: Set<UInt8>
  ) -> [Int] {
    let ends = ByteStops(UInt8(ascii: "\n"))
    var starts = [start]
    for part in 1..<max(1, count) {
      var place = ends.next(in: bytes, from: start + (bytes.count - start) / count * part, to: bytes.count)
      while place < bytes.count, blank.contains(bytes[place]) { place += 1 }
      if let last = starts.last, place > last, place < bytes.count { starts.append(place) }
    }
    return starts
  }
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

import Model

/// The rows of a file of records as cells by column: a look that finds how it is written and what its columns are, then
/// passes that hand out each row. Tables and JSON look alike from here on.
struct RecordScan: Sendable {
  enum Body: Sendable {
    case table(TableScan)
    case objects(ObjectScan)
  }
  let text: RecordText
  let name: String
  let format: RecordFile.Format
  let body: Body
  private let skipsBadLines: Bool

  /// - Throws: `FormatError` when the file is empty, cannot be decoded, or its header is broken.
  init(path: String, name: String, format: RecordFile.Format, options: DatasetOptions) throws(FormatError) {
    text = try RecordText(path: path, name: name, encoding: options.encoding)
    self.name = name
    skipsBadLines = options.skipBadLines
    switch format {
    case .csv, .tsv:
      body = .table(try TableScan(text, isTSV: format == .tsv, name: name, options: options))
      self.format = format
    case .jsonl, .json, .jsonColumns:
      let scan = try ObjectScan(
        text, isLines: format == .jsonl, name: name, skipsBadLines: options.skipBadLines)
      body = .objects(scan)
      self.format = scan.form.isRewritten ? .jsonColumns : scan.form == .lines ? .jsonl : .json
    }
  }

  /// Column names, duplicates made distinct; for JSON all paths in order of first appearance.
  var columns: [String] {
    switch body {
    case .table(let scan): scan.columns
    case .objects(let scan): scan.columns
    }
  }

  var isTable: Bool { if case .table = body { true } else { false } }

  /// What a person calls the format.
  var formatName: String {
    switch body {
    case .table(let scan): scan.formatName
    case .objects(let scan): scan.form.name
    }
  }

  /// What was found by looking, for a person to know.
  var found: [String] {
    let encoding = text.encoding.why.isEmpty ? [] : ["\(text.encoding.name) \(text.encoding.why)"]
    guard case .table(let scan) = body else { return encoding }
    return encoding + scan.found
  }

  var notes: [String] { if case .table(let scan) = body { scan.notes } else { [] } }

  /// Hands `body` every row with its index, in order.
  /// - Returns: the lines that were left out, where that was asked for.
  /// - Throws: what `body` throws, or all bad lines in one error.
  @discardableResult
  func forEachRow(_ body: (_ row: Int, _ record: Record) throws(FormatError) -> Void) throws(FormatError)
    -> BadLines
  {
    var bad = BadLines()
    var row = 0
    switch self.body {
    case .table(let scan):
      var reader = scan.reader()
      var record = Record()
      while scan.next(&reader, &record, &bad) {
        // After a bad line the rest is only looked through for others.
        if bad.count == 0 || skipsBadLines { try body(row, record) }
        row += 1
      }
    case .objects(let scan):
      var walk = scan.walk()
      while try walk.next(&bad, file: name) {
        try body(row, walk.record)
        row += 1
      }
    }
    if !skipsBadLines, let error = bad.error(name) { throw error }
    return bad
  }

  /// The first rows only; what cannot be read is passed over.
  func forFirstRows(_ count: Int, _ body: (Record) -> Void) {
    var bad = BadLines()
    switch self.body {
    case .table(let scan):
      var reader = scan.reader()
      var record = Record()
      for _ in 0..<count {
        guard scan.next(&reader, &record, &bad) else { return }
        body(record)
      }
    case .objects(let scan):
      var walk = scan.walk()
      for _ in 0..<count {
        guard (try? walk.next(&bad, file: name)) == true else { return }
        body(walk.record)
      }
    }
  }

  /// Where each record lies in the file, for what is copied byte for byte.
  /// - Throws: `FormatError` where the samples have no places of their own.
  func located() throws(FormatError) -> RecordFile {
    guard format != .jsonColumns else {
      throw FormatError(
        name,
        "is one object, in which no sample has a place of its own; write it as JSON Lines, or a drop-list")
    }
    let isArray = if case .objects(let scan) = body { scan.form == .array } else { false }
    var starts: [UInt64] = []
    var ends: [UInt64] = []
    let bad = try forEachRow { _, record throws(FormatError) in
      starts.append(UInt64(text.filePlace(of: record.bytes.lowerBound)))
      ends.append(UInt64(text.filePlace(of: isArray ? record.end : record.bytes.upperBound)))
    }
    let header = UInt64(text.filePlace(of: headerEnd))
    let first = bad.count == 0 ? starts.first ?? header : header
    let end = ends.last ?? header
    return RecordFile(
      path: text.file.path, format: format, headerBytes: 0..<first, offsets: Column(starts + [end]),
      ends: isArray || bad.count > 0 ? Column(ends) : [],
      footerBytes: isArray ? end..<UInt64(text.file.bytes.count) : 0..<0,
      separator: try text.encoding.encoded(Array((isArray ? ",\n" : "\n").utf8), name), isJoined: isArray)
  }

  /// The bytes that rows are read from.
  var content: UnsafeRawBufferPointer {
    switch body {
    case .table: text.bytes
    case .objects(let scan): scan.bytes
    }
  }

  /// Where the first row may begin.
  private var headerEnd: Int {
    switch body {
    case .table(let scan): scan.start
    case .objects(let scan): scan.start
    }
  }
}

import Model

/// A file of records read into columns.
struct RecordTable {
  let scan: RecordScan
  let roles: ColumnRoles
  private(set) var count = 0
  private(set) var ids: StringColumn?
  private(set) var labels: (codes: [Int32], names: ByteInterner)?
  private(set) var texts: StringColumn?
  private(set) var features: [TableColumn] = []
  private(set) var embedding: Matrix?
  private(set) var sources: Categories?
  private(set) var times: Column<Int64>?
  private(set) var splits: Categories?
  /// The beginning of the digest of what is judged of each row; empty where rows are not named by it.
  private(set) var contents: Column<UInt64> = []
  /// N + 1 places in the bytes that rows are read from.
  private(set) var offsets: Column<UInt64> = []
  private(set) var notes: [String]
  private(set) var part: Reading.FilePart

  var hasContent: Bool { roles.hasContent }
  var judged: JudgedContent { JudgedContent(roles, names: scan.columns) }
  var index: RecordIndex? { scan.index(roles) }

  private static let listedColumns = 500

  /// Reads the rows once, or again where rows far down have columns that the first ones do not, which few files do.
  /// - Parameter naming: rows get names by what they hold where they have no ids.
  static func read(
    _ scan: RecordScan, options: DatasetOptions, naming: Bool = false
  ) throws(FormatError) -> RecordTable {
    // Whatever goes wrong on the way, that there are more columns included, is told by the reading of the whole.
    if !scan.rows.isWhole, let table = try? readOnce(scan, options: options, naming: naming),
      table.hasContent
    {
      return table
    }
    return try readOnce(try scan.whole(), options: options, naming: naming)
  }

  private static func readOnce(
    _ scan: RecordScan, options: DatasetOptions, naming: Bool
  ) throws(FormatError) -> RecordTable {
    let roles = try ColumnRoles(scan, options: options)
    var table = RecordTable(scan, roles)
    var columns = RecordColumns(
      roles, columns: scan.columns, markers: MissingMarkers(options), naming: naming)
    var bad = BadLines()
    if let rows = scan.rows.decoded {
      try columns.append(rows, scan, threads: options.threads)
    } else {
      let read = scan.rows.readInParts(scan, threads: options.threads) {
        RecordColumns(roles, columns: scan.columns, markers: MissingMarkers(options), naming: naming)
      }
      if let read {
        columns = read
      } else {
        bad = try scan.forEachRow { _, record throws(FormatError) in try columns.append(record, scan) }
      }
      if columns.count > 0 { columns.offsets.append(UInt64(columns.end)) }
    }
    table.count = columns.count
    guard table.count > 0 else {
      throw bad.error(scan.name) ?? FormatError(scan.name, "0 samples")
    }
    // Not before the columns are there: names may take a second pass.
    try table.take(&columns)
    scan.text.file.forgetPages()
    table.noteBadLines(bad)
    return table
  }

  private init(_ scan: RecordScan, _ roles: ColumnRoles) {
    self.scan = scan
    self.roles = roles
    notes = scan.rows.notes + roles.notes
    part = Reading.FilePart(file: scan.name, format: scan.formatName, encoding: scan.text.encoding.name)
    part.columns = Array(roles.parts.prefix(Self.listedColumns))
    part.moreColumns = roles.parts.count - part.columns.count
    part.found = scan.found
    part.delimiter = scan.rows.dialect?.delimiterName
    part.quote = scan.rows.dialect?.quoteName
    part.hasHeader = scan.rows.hasHeader
  }

  private mutating func take(_ builders: inout RecordColumns) throws(FormatError) {
    offsets = builders.offsets.finish()
    if builders.areNamed {
      builders.digestRows()
      contents = builders.contents.finish()
    }
    part.rows = count
    if roles.id != nil { ids = builders.ids.finish() }
    if roles.label != nil { labels = builders.labels.interned }
    if roles.textBuilder != nil { texts = builders.texts.finish() }
    if roles.source != nil { sources = builders.sources.finish() }
    if roles.split != nil { splits = builders.splits.finish() }
    if roles.time != nil { times = builders.times.finish() }
    embedding = builders.embedding?.matrix(rows: count)
    if builders.unreadableTimes > 0 {
      notes.append(
        "\(scan.name): \(counted(builders.unreadableTimes, "time")) cannot be read: ISO 8601 and seconds since 1970 can"
      )
    }
    if builders.badUTF8.count > 0 {
      notes.append(
        "\(scan.name): \(counted(builders.badUTF8.count, "record is", "records are")) not UTF-8 (first on line \(builders.badUTF8.first)); "
          + "--encoding latin1, cp1252 or another reads them")
    }
    for (column, line) in builders.undecoded.sorted(by: { $0.key < $1.key }).prefix(10) {
      notes.append(
        "\(scan.name): column '\(displayText(scan.columns[column]))' is not UTF-8 on line \(line); values of it that cannot be "
          + "decoded may look alike")
    }
    if let unusable = builders.embedding?.unusable, unusable > 0, let column = roles.embedding {
      notes.append(
        "\(scan.name): column '\(displayText(scan.columns[column]))': \(counted(unusable, "row has", "rows have")) no list of "
          + "\(builders.embedding?.width ?? 0) finite numbers (first on line \(builders.embedding?.firstUnusable ?? 0)), and no "
          + "features")
    }
    features = try featureColumns(&builders)
  }

  /// What a column holds is known at its end only: the numbers are there by then, and the names too where the first rows
  /// have shown names. Where they have not, names take a second pass.
  private mutating func featureColumns(_ builders: inout RecordColumns) throws(FormatError) -> [TableColumn] {
    let late = builders.numbers.indices.filter {
      !builders.numbers[$0].areNumbers && builders.names[$0] == nil
    }
    if !late.isEmpty {
      for place in late { builders.names[place] = CategoryBuilder() }
      try scan.forEachRow { _, record throws(FormatError) in
        for place in late { builders.appendName(record, place) }
      }
    }
    var columns: [TableColumn] = []
    for (index, builder) in builders.numbers.enumerated() {
      let name = scan.columns[roles.features[index]]
      if let note = builder.note { notes.append("\(scan.name): column '\(displayText(name))': \(note)") }
      let values: TableColumn.Values =
        if !builder.areNumbers, let names = builders.names[index] {
          .categories(names.finish())
        } else {
          .numbers(builder.numbers.finish())
        }
      columns.append(TableColumn(name: name, values: values))
    }
    return columns
  }

  private mutating func noteBadLines(_ bad: BadLines) {
    guard bad.count > 0 else { return }
    part.skippedLines = bad.count
    notes.append("\(scan.name): \(bad.count) bad lines were left out (\(bad.list)): \(bad.sentence)")
  }
}

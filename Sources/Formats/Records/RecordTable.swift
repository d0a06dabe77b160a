import Model

/// A CSV, TSV or JSONL file read into columns.
struct RecordTable {
  var count = 0
  var ids: StringColumn?
  var labels: StringColumn?
  var texts: StringColumn?
  var features: [TableColumn] = []
  var sources: Categories?
  var times: Column<Int64>?
  var records: RecordFile
  var notes: [String]

  /// Whether a column is there that a sample can be judged by.
  var hasContent: Bool { labels != nil || texts != nil || !features.isEmpty }

  static func read(
    path: String, name: String, format: RecordFile.Format, options: DatasetOptions
  ) throws(FormatError) -> RecordTable {
    let scan = try RecordScan(path: path, name: name, format: format)
    let roles = try ColumnRoles(columns: scan.columns, options: options, file: name)
    var ids = StringColumn.Builder()
    var labels = StringColumn.Builder()
    var texts = StringColumn.Builder()
    var sources = CategoryBuilder()
    var times: [Int64] = []
    var cells = roles.features.map { _ in NumberColumnBuilder() }
    var offsets = [UInt64(scan.headerEnd)]
    var unreadableTimes = 0
    var badUTF8: [Int] = []
    try scan.forEachRow { row, bytes, line, fields throws(FormatError) in
      offsets.append(UInt64(bytes.upperBound))
      if let index = roles.id { ids.append(utf8: fields[index] ?? []) }
      if let index = roles.label { labels.append(utf8: fields[index] ?? []) }
      if let index = roles.text { texts.append(utf8: fields[index] ?? []) }
      if let index = roles.source { sources.append(fields[index]) }
      if let index = roles.time {
        let time = fields[index].flatMap { CellValue.time($0) }
        if time == nil { unreadableTimes += 1 }
        times.append(time ?? Dataset.noTime)
      }
      for (place, index) in roles.features.enumerated() { cells[place].append(fields[index], line: line) }
      if String(validating: scan.file.bytes[bytes], as: UTF8.self) == nil { badUTF8.append(line) }
    }
    var table = RecordTable(
      records: RecordFile(
        path: path, format: format, headerBytes: 0..<UInt64(scan.headerEnd), offsets: Column(offsets)),
      notes: scan.notes)
    table.count = offsets.count - 1
    guard table.count > 0 else { throw FormatError(name, "0 samples") }
    if roles.id != nil { table.ids = ids.finish() }
    if roles.label != nil { table.labels = labels.finish() }
    if roles.text != nil { table.texts = texts.finish() }
    if roles.source != nil { table.sources = sources.finish() }
    if roles.time != nil { table.times = Column(times) }
    if unreadableTimes > 0 { table.notes.append("\(name): times unparseable: \(unreadableTimes)") }
    if let first = badUTF8.first {
      table.notes.append("\(name): \(badUTF8.count) records are not UTF-8 (first on line \(first))")
    }
    if let image = roles.image {
      table.notes.append("\(name): column '\(scan.columns[image])' names files, which are not opened")
    }
    table.features = try features(cells, at: roles.features, in: scan, notes: &table.notes)
    return table
  }

  /// What a column holds is known at its end only: the numbers are there by then; names take a second pass, so that
  /// a column of a million different numbers never becomes a million strings.
  private static func features(
    _ numbers: [NumberColumnBuilder], at places: [Int], in scan: RecordScan, notes: inout [String]
  ) throws(FormatError) -> [TableColumn] {
    let named = numbers.indices.filter { !numbers[$0].areNumbers }
    var names = named.map { _ in CategoryBuilder() }
    if !named.isEmpty {
      try scan.forEachRow { _, _, _, fields throws(FormatError) in
        for (index, column) in named.enumerated() { names[index].append(fields[places[column]]) }
      }
    }
    var columns: [TableColumn] = []
    for (index, builder) in numbers.enumerated() {
      let name = scan.columns[places[index]]
      if let note = builder.note { notes.append("\(scan.name): column '\(displayText(name))': \(note)") }
      let values: TableColumn.Values =
        named.firstIndex(of: index).map { .categories(names[$0].finish()) }
        ?? .numbers(Column(builder.numbers))
      columns.append(TableColumn(name: name, values: values))
    }
    return columns
  }
}

/// Codes for repeated strings in the order of the strings, whatever the order of the rows.
struct CategoryBuilder {
  private var codes: [Int32] = []
  private var names: [String] = []
  private var codeOf: [String: Int32] = [:]

  /// An empty cell, or one of spaces only, is missing.
  mutating func append(_ cell: ArraySlice<UInt8>?) {
    guard let cell, !cell.allSatisfy({ $0 == 0x20 }) else { return codes.append(Categories.missing) }
    let name = String(decoding: cell, as: UTF8.self)
    if let code = codeOf[name] { return codes.append(code) }
    let code = Int32(names.count)
    codeOf[name] = code
    names.append(name)
    codes.append(code)
  }

  consuming func finish() -> Categories {
    let order = names.indices.sorted { names[$0] < names[$1] }
    var places = [Int32](repeating: 0, count: names.count)
    for (place, code) in order.enumerated() { places[code] = Int32(place) }
    return Categories(
      codes: Column(codes.map { $0 == Categories.missing ? $0 : places[Int($0)] }),
      names: order.map { names[$0] })
  }
}

/// A feature column as numbers: it is one where at least half of the cells that are not empty are finite numbers. The
/// others are NaN, and are noted by line.
struct NumberColumnBuilder {
  private(set) var numbers: [Double] = []
  private var filled = 0
  private var unusable = 0
  private var unusableLines: [Int] = []
  private static let listed = 10

  mutating func append(_ cell: ArraySlice<UInt8>?, line: Int) {
    let number = cell.flatMap { CellValue.number($0) }
    numbers.append(number ?? .nan)
    if cell?.allSatisfy({ $0 == 0x20 }) ?? true { return }
    filled += 1
    if number == nil {
      unusable += 1
      if unusableLines.count < Self.listed { unusableLines.append(line) }
    }
  }

  var areNumbers: Bool { 2 * unusable <= filled }

  /// Said of a column in which numbers and others stand side by side.
  var note: String? {
    guard unusable > 0, unusable < filled else { return nil }
    let lines = unusableLines.map(String.init).joined(separator: ", ")
    let more = unusable > Self.listed ? ", …" : ""
    let reading = areNumbers ? "" : "; all are read as names"
    return "\(unusable) of \(filled) cells are no finite numbers (lines \(lines)\(more))\(reading)"
  }
}

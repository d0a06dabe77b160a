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
    var cells = roles.features.map { FeatureColumnBuilder(name: scan.columns[$0]) }
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
    for cell in cells {
      let (column, note) = cell.finish()
      table.features.append(column)
      if let note { table.notes.append("\(name): \(note)") }
    }
    return table
  }
}

/// Codes for repeated strings in order of first appearance.
struct CategoryBuilder {
  private var codes: [Int32] = []
  private var names: [String] = []
  private var codeOf: [String: Int32] = [:]

  mutating func append(_ cell: ArraySlice<UInt8>?) {
    guard let cell, !cell.isEmpty else { return codes.append(Categories.missing) }
    let name = String(decoding: cell, as: UTF8.self)
    if let code = codeOf[name] { return codes.append(code) }
    let code = Int32(names.count)
    codeOf[name] = code
    names.append(name)
    codes.append(code)
  }

  consuming func finish() -> Categories { Categories(codes: Column(codes), names: names) }
}

/// A feature column whose kind is known only at its end: numbers where at least half of the cells that are not
/// empty are finite numbers (the others are noted by line), else categories.
struct FeatureColumnBuilder {
  private let name: String
  private var numbers: [Double] = []
  private var categories = CategoryBuilder()
  private var filled = 0
  private var unusable = 0
  private var unusableLines: [Int] = []

  init(name: String) { self.name = name }

  mutating func append(_ cell: ArraySlice<UInt8>?, line: Int) {
    let number = cell.flatMap { CellValue.number($0) }
    numbers.append(number ?? .nan)
    let isEmpty = cell?.allSatisfy { $0 == 0x20 } ?? true
    if !isEmpty { filled += 1 }
    if number == nil && !isEmpty {
      unusable += 1
      if unusableLines.count < 5 { unusableLines.append(line) }
    }
    categories.append(isEmpty ? nil : cell)
  }

  consuming func finish() -> (TableColumn, String?) {
    guard filled == 0 || 2 * unusable <= filled else {
      return (TableColumn(name: name, values: .categories(categories.finish())), nil)
    }
    let note =
      unusable == 0
      ? nil
      : "column '\(displayText(name))': \(unusable) cells are no finite numbers (lines \(unusableLines.map(String.init).joined(separator: ", ")))"
    return (TableColumn(name: name, values: .numbers(Column(numbers))), note)
  }
}

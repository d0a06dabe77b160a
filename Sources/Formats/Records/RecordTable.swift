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
  /// N + 1 places in the bytes that rows are read from.
  private(set) var offsets: Column<UInt64> = []
  private(set) var notes: [String]
  private(set) var part: Reading.FilePart

  var hasContent: Bool { roles.hasContent }

  private static let listedColumns = 500

  static func read(_ scan: RecordScan, options: DatasetOptions) throws(FormatError) -> RecordTable {
    let roles = try ColumnRoles(scan, options: options)
    var table = RecordTable(scan, roles)
    var builders = Builders(roles, markers: MissingMarkers(options))
    let bad = try scan.forEachRow { _, record throws(FormatError) in try builders.append(record, scan) }
    table.count = builders.offsets.count
    guard table.count > 0 else {
      throw bad.error(scan.name) ?? FormatError(scan.name, "0 samples")
    }
    builders.offsets.append(UInt64(builders.end))
    try table.take(builders)
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

  private mutating func take(_ builders: Builders) throws(FormatError) {
    offsets = Column(builders.offsets)
    part.rows = count
    if roles.id != nil { ids = builders.ids.finish() }
    if roles.label != nil { labels = builders.labels.interned }
    if roles.textBuilder != nil { texts = builders.texts.finish() }
    if roles.source != nil { sources = builders.sources.finish() }
    if roles.split != nil { splits = builders.splits.finish() }
    if roles.time != nil { times = Column(builders.times) }
    embedding = builders.embedding?.matrix(rows: count)
    if builders.unreadableTimes > 0 {
      notes.append("\(scan.name): times unparseable: \(builders.unreadableTimes)")
    }
    if let first = builders.badUTF8.first {
      notes.append(
        "\(scan.name): \(builders.badUTF8.count) records are not UTF-8 (first on line \(first)); "
          + "--encoding latin1, cp1252 or another reads them")
    }
    for (column, line) in builders.undecoded.sorted(by: { $0.key < $1.key }).prefix(10) {
      notes.append(
        "\(scan.name): column '\(displayText(scan.columns[column]))' is not UTF-8 on line \(line); values of it that cannot be "
          + "decoded may look alike")
    }
    if let unusable = builders.embedding?.unusable, unusable > 0, let column = roles.embedding {
      notes.append(
        "\(scan.name): column '\(displayText(scan.columns[column]))': \(unusable) rows have no list of "
          + "\(builders.embedding?.width ?? 0) finite numbers (first on line \(builders.embedding?.firstUnusable ?? 0)), and no "
          + "features")
    }
    features = try featureColumns(builders)
  }

  /// What a column holds is known at its end only: the numbers are there by then; names take a second pass, so that
  /// a column of a million different numbers never becomes a million strings.
  private mutating func featureColumns(_ builders: Builders) throws(FormatError) -> [TableColumn] {
    let named = builders.numbers.indices.filter { !builders.numbers[$0].areNumbers }
    var names = named.map { _ in CategoryBuilder() }
    if !named.isEmpty {
      let places = roles.features
      let markers = builders.markers
      try scan.forEachRow { _, record throws(FormatError) in
        for (index, column) in named.enumerated() {
          record.withCell(places[column]) { cell in
            names[index].append(cell.flatMap { markers.isTold($0) ? nil : $0 })
          }
        }
      }
    }
    var columns: [TableColumn] = []
    for (index, builder) in builders.numbers.enumerated() {
      let name = scan.columns[roles.features[index]]
      if let note = builder.note { notes.append("\(scan.name): column '\(displayText(name))': \(note)") }
      let values: TableColumn.Values =
        named.firstIndex(of: index).map { .categories(names[$0].finish()) }
        ?? .numbers(Column(builder.numbers))
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

/// What a pass over the rows gathers.
private struct Builders {
  let roles: ColumnRoles
  let markers: MissingMarkers
  var ids = StringColumn.Builder()
  var labels = CategoryBuilder()
  var texts = StringColumn.Builder()
  var sources = CategoryBuilder()
  var splits = CategoryBuilder()
  var times: [Int64] = []
  var numbers: [NumberColumnBuilder]
  var embedding: ListColumnBuilder?
  var offsets: [UInt64] = []
  var end = 0
  var unreadableTimes = 0
  var badUTF8: [Int] = []
  /// The first line in which a feature or a source is not UTF-8, by column.
  var undecoded: [Int: Int] = [:]
  private let textBuilder: TextBuilder?
  private var text: [UInt8] = []

  init(_ roles: ColumnRoles, markers: MissingMarkers) {
    self.roles = roles
    self.markers = markers
    textBuilder = roles.textBuilder
    numbers = roles.features.map { NumberColumnBuilder(style: roles.profiles[$0].numberStyle) }
    embedding = roles.embedding.map { ListColumnBuilder(width: roles.profiles[$0].listLength) }
  }

  mutating func append(_ record: Record, _ scan: RecordScan) throws(FormatError) {
    offsets.append(UInt64(record.bytes.lowerBound))
    end = record.bytes.upperBound
    if !UTF8Check.isValid(UnsafeRawBufferPointer(rebasing: scan.rows.bytes[record.bytes])) {
      try checkNames(record, scan)
      badUTF8.append(record.line)
    }
    if let id = roles.id { record.withCell(id) { ids.append(utf8: $0 ?? .empty) } }
    if let label = roles.label {
      try checkLabel(record, label, scan)
      record.withCell(label) { labels.append($0) }
    }
    if let textBuilder {
      text.removeAll(keepingCapacity: true)
      textBuilder.append(record, to: &text)
      texts.append(utf8: text)
    }
    if let source = roles.source { record.withCell(source) { sources.append($0) } }
    if let split = roles.split { record.withCell(split) { splits.append($0) } }
    if let time = roles.time { appendTime(record, time) }
    for (place, column) in roles.features.enumerated() {
      record.withCell(column) { cell in
        numbers[place].append(cell.flatMap { markers.isTold($0) ? nil : $0 }, line: record.line)
      }
    }
    if let column = roles.embedding { record.withCell(column) { embedding?.append($0, line: record.line) } }
  }

  private mutating func appendTime(_ record: Record, _ column: Int) {
    let time = record.withCell(column) { $0.flatMap { CellValue.time($0) } }
    if time == nil { unreadableTimes += 1 }
    times.append(time ?? Dataset.noTime)
  }

  /// A sample has one label: lists and objects are none, nor is what spells a list in a cell.
  private func checkLabel(_ record: Record, _ column: Int, _ scan: RecordScan) throws(FormatError) {
    let held: String
    switch record.kind(column) {
    case .object: held = "objects"
    case .list: held = "lists"
    default:
      guard record.withCell(column, { $0.map(ListSpelling.isList) ?? false }) else { return }
      held = "lists"
    }
    let cell = displayText(String(record.string(column).prefix(40)))
    throw FormatError(
      scan.name, at: "line \(record.line)",
      "the label column '\(displayText(scan.columns[column]))' holds \(held) (\(cell)), but a sample has one label; split "
        + "them into rows, or name another column with --label")
  }

  /// Two names that cannot be decoded would look alike: those of samples and classes have to differ.
  private mutating func checkNames(_ record: Record, _ scan: RecordScan) throws(FormatError) {
    for column in [roles.id, roles.label].compactMap({ $0 }) {
      let isValid = record.withCell(column) { $0.map(UTF8Check.isValid) ?? true }
      guard isValid else {
        throw FormatError(
          scan.name, at: "line \(record.line)",
          "column '\(scan.columns[column])' is not UTF-8; give --encoding latin1, cp1252, gbk or what it is in"
        )
      }
    }
    for column in roles.features + [roles.source].compactMap({ $0 }) where undecoded[column] == nil {
      let isValid = record.withCell(column) { $0.map(UTF8Check.isValid) ?? true }
      if !isValid { undecoded[column] = record.line }
    }
  }
}

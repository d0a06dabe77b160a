import Model

/// The columns of a table as its rows are read, by the roles that they play.
struct RecordColumns {
  let roles: ColumnRoles
  let markers: MissingMarkers
  var ids = StringColumn.Builder()
  var labels = CategoryBuilder()
  var texts = StringColumn.Builder()
  var sources = CategoryBuilder()
  var splits = CategoryBuilder()
  let times = ColumnBuilder<Int64>()
  var numbers: [NumberColumnBuilder]
  /// Of the features that hold names as far as the first rows show; of others it is nil.
  var names: [CategoryBuilder?]
  private let named: [Int]
  var embedding: ListColumnBuilder?
  let offsets = ColumnBuilder<UInt64>()
  /// The beginning of the digest of what is judged of each row; empty where nothing is named by it.
  let contents = ColumnBuilder<UInt64>()
  private(set) var count = 0
  private(set) var end = 0
  private(set) var unreadableTimes = 0
  private(set) var badUTF8: (count: Int, first: Int) = (0, 0)
  /// The first line in which a feature or a source is not UTF-8, by column.
  private(set) var undecoded: [Int: Int] = [:]
  private let textBuilder: TextBuilder?
  private var text: [UInt8] = []
  let judged: JudgedContent
  /// What is judged of the rows whose digests are still to be taken.
  private var undigested = DigestBatch()
  /// Whether rows are named by what they hold.
  let areNamed: Bool

  /// - Parameter naming: rows get names by what they hold where they have no ids.
  init(_ roles: ColumnRoles, columns: [String], markers: MissingMarkers, naming: Bool) {
    self.roles = roles
    self.markers = markers
    textBuilder = roles.textBuilder
    numbers = roles.features.map { NumberColumnBuilder(style: roles.profiles[$0].numberStyle) }
    names = roles.features.map { roles.profiles[$0].holdNames ? CategoryBuilder() : nil }
    named = roles.features.indices.filter { roles.profiles[roles.features[$0]].holdNames }
    embedding = roles.embedding.map { ListColumnBuilder(width: roles.profiles[$0].listLength) }
    judged = JudgedContent(roles, names: columns)
    areNamed = naming && roles.id == nil && roles.image == nil
  }

  mutating func append(_ record: Record, _ scan: RecordScan) throws(FormatError) {
    count += 1
    offsets.append(UInt64(record.bytes.lowerBound))
    end = record.bytes.upperBound
    if !UTF8Check.isValid(UnsafeRawBufferPointer(rebasing: scan.rows.bytes[record.bytes])) {
      try checkNames(record, scan)
      if badUTF8.count == 0 { badUTF8.first = record.line }
      badUTF8.count += 1
    }
    if let id = roles.id { record.withCell(id) { ids.append(utf8: $0 ?? .empty) } }
    if let label = roles.label {
      try checkLabel(record, label, scan)
      record.withCell(label) { labels.append($0) }
    }
    if textBuilder != nil { appendText(record) }
    if let source = roles.source { record.withCell(source) { sources.append($0) } }
    if let split = roles.split { record.withCell(split) { splits.append($0) } }
    if let time = roles.time { record.withCell(time) { appendTime($0) } }
    appendFeatures(record)
    if let column = roles.embedding { record.withCell(column) { embedding?.append($0, line: record.line) } }
    if areNamed { appendContent(record) }
  }

  /// What is counted of rows that come behind.
  mutating func appendCounts(_ next: RecordColumns, linesBefore lines: Int) {
    if badUTF8.count == 0 { badUTF8.first = next.badUTF8.first + lines }
    badUTF8.count += next.badUTF8.count
    undecoded.merge(next.undecoded.mapValues { $0 + lines }) { first, _ in first }
    unreadableTimes += next.unreadableTimes
    count += next.count
    end = next.end
  }

  /// Rows that were taken column by column are complete.
  mutating func finishRows(_ count: Int) { self.count = count }

  mutating func appendText(_ record: Record) {
    text.removeAll(keepingCapacity: true)
    textBuilder?.append(record, to: &text)
    texts.append(utf8: text)
  }

  /// The one column whose strings are the texts as they stand; nil where texts are made of more.
  var plainText: Int? {
    guard let textBuilder, textBuilder.columns.count == 1, textBuilder.turnStrings.isEmpty else { return nil }
    return textBuilder.columns[0]
  }

  mutating func appendTime(_ cell: UnsafeRawBufferPointer?) {
    let time = cell.flatMap { CellValue.time($0) }
    if time == nil { unreadableTimes += 1 }
    times.append(time ?? Dataset.noTime)
  }

  private mutating func appendFeatures(_ record: Record) {
    let (markers, line) = (markers, record.line)
    numbers.withUnsafeMutableBufferPointer { numbers in
      // Two loops: what is not asked of each cell does not lengthen the one that nearly all files take.
      if markers.areTold {
        record.forEachCell(of: roles.features) { place, cell in
          numbers[place].append(cell.flatMap { markers.isTold($0) ? nil : $0 }, line: line)
        }
      } else {
        record.forEachCell(of: roles.features) { place, cell in numbers[place].append(cell, line: line) }
      }
    }
    for place in named { appendName(record, place) }
  }

  /// Appends the cell of the feature at `place` as a name.
  mutating func appendName(_ record: Record, _ place: Int) {
    record.withCell(roles.features[place]) { cell in
      names[place]?.append(cell.flatMap { markers.isTold($0) ? nil : $0 })
    }
  }

  /// As `SampleContents.nameDigest` takes it.
  private mutating func appendContent(_ record: Record) {
    if textBuilder != nil {
      text.withUnsafeBytes { undigested.bytes.append($0) }
    } else {
      judged.append(record, to: undigested.bytes)
    }
    undigested.end()
    if undigested.isFull { digestRows() }
  }

  /// Completes `contents`, which rows are taken into some at a time.
  mutating func digestRows() {
    let contents = contents
    undigested.takeDigests { contents.append($0.prefix) }
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
    throw scan.labelHolds(held, record.string(column), column, line: record.line)
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

extension RecordScan {
  /// The label column holds what is no label of one sample.
  func labelHolds(_ held: String, _ cell: String, _ column: Int, line: Int) -> FormatError {
    FormatError(
      name, at: "line \(line)",
      "the label column '\(displayText(columns[column]))' holds \(held) (\(displayText(String(cell.prefix(40))))), but a "
        + "sample has one label; split them into rows, or name another column with --label")
  }
}

import Model

/// What of a record a verdict is about, as `SampleContents` says: its text, or the columns that are its features.
struct JudgedContent: Sendable {
  /// Makes the text, when the samples are texts.
  let text: TextBuilder?
  /// The columns of a row that are judged, by name.
  let columns: [Int]
  /// Before the cell of each of them: the name with its length.
  private let heads: [[UInt8]]

  init(_ roles: ColumnRoles, names: [String]) {
    let content = roles.features + [roles.image, roles.embedding].compactMap { $0 }
    self.init(text: roles.textBuilder, columns: content, names: names)
  }

  init(_ index: RecordIndex) {
    let names = index.columns
    let text = TextBuilder(
      columns: index.text, names: index.text.map { names[$0] }, turnStrings: Set(index.turnStrings))
    self.init(text: index.text.isEmpty ? nil : text, columns: index.judged, names: names)
  }

  /// - Parameter columns: in any order.
  init(text: TextBuilder?, columns: [Int], names: [String]) {
    self.text = text
    self.columns = columns.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    heads = self.columns.map { column in
      let name = Array(names[column].utf8)
      return withUnsafeBytes(of: UInt64(name.count).littleEndian) { Array($0) } + name
    }
  }

  /// - Parameter left: columns that are left out.
  func append(_ record: Record, leaving left: Set<Int> = [], to content: ColumnBuilder<UInt8>) {
    if let text {
      var bytes: [UInt8] = []
      text.append(record, to: &bytes)
      return bytes.withUnsafeBytes { content.append($0) }
    }
    for place in columns.indices where left.isEmpty || !left.contains(columns[place]) {
      record.withCell(columns[place]) { append($0 ?? .empty, ofColumn: place, to: content) }
    }
  }

  /// - Parameter place: of the cell's column among `columns`.
  @inline(__always)
  func append(_ cell: UnsafeRawBufferPointer, ofColumn place: Int, to content: ColumnBuilder<UInt8>) {
    heads[place].withUnsafeBytes { content.append($0) }
    withUnsafeBytes(of: UInt64(cell.count).littleEndian) { content.append($0) }
    content.append(cell)
  }
}

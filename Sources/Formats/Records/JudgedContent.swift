import Model

/// What of a record a verdict is about, as `SampleContents` says: its text, or the columns that are its features.
struct JudgedContent: Sendable {
  /// Makes the text, when the samples are texts.
  let text: TextBuilder?
  /// The columns of a row that are judged, by name.
  let columns: [Int]
  /// Before the cell of each of them, end to end: the name with its length.
  private let heads: [UInt8]
  private let headEnds: [Int]

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
    var heads: [UInt8] = []
    headEnds = self.columns.map { column in
      withUnsafeBytes(of: UInt64(names[column].utf8.count).littleEndian) { heads += $0 }
      heads += names[column].utf8
      return heads.count
    }
    self.heads = heads
  }

  /// - Parameter left: columns that are left out.
  func append(_ record: Record, leaving left: Set<Int> = [], to content: ColumnBuilder<UInt8>) {
    if let text {
      var bytes: [UInt8] = []
      text.append(record, to: &bytes)
      return bytes.withUnsafeBytes { content.append($0) }
    }
    heads.withUnsafeBytes { heads in
      record.forEachCell(of: columns) { place, cell in
        guard left.isEmpty || !left.contains(columns[place]) else { return }
        append(cell ?? .empty, behind: head(place, among: heads), to: content)
      }
    }
  }

  /// - Parameter place: of the cell's column among `columns`.
  @inline(__always)
  func append(_ cell: UnsafeRawBufferPointer, ofColumn place: Int, to content: ColumnBuilder<UInt8>) {
    heads.withUnsafeBytes { append(cell, behind: head(place, among: $0), to: content) }
  }

  @inline(__always)
  private func head(_ place: Int, among heads: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: heads[(place == 0 ? 0 : headEnds[place - 1])..<headEnds[place]])
  }

  @inline(__always)
  private func append(
    _ cell: UnsafeRawBufferPointer, behind head: UnsafeRawBufferPointer, to content: ColumnBuilder<UInt8>
  ) {
    let length = UInt64(cell.count).littleEndian
    content.append(count: head.count + MemoryLayout.size(ofValue: length) + cell.count) { start in
      var target = UnsafeMutableRawPointer(start)
      target.take(head)
      target.storeBytes(of: length, as: UInt64.self)
      target += MemoryLayout.size(ofValue: length)
      target.take(cell)
    }
  }
}

extension UnsafeMutableRawPointer {
  /// Copies bytes here and goes on behind them. Cells are of a few bytes, for which a call of memcpy takes longer than what it
  /// does.
  @inline(__always)
  fileprivate mutating func take(_ bytes: UnsafeRawBufferPointer) {
    let count = bytes.count
    guard let source = bytes.baseAddress else { return }
    if count > 32 {
      copyMemory(from: source, byteCount: count)
    } else if count >= 8 {
      var place = 0
      while place + 8 < count {
        copy(UInt64.self, source, place)
        place += 8
      }
      copy(UInt64.self, source, count - 8)
    } else if count >= 4 {
      copy(UInt32.self, source, 0)
      copy(UInt32.self, source, count - 4)
    } else {
      for place in 0..<count { copy(UInt8.self, source, place) }
    }
    self += count
  }

  @inline(__always)
  private func copy<Word: BitwiseCopyable>(_ type: Word.Type, _ source: UnsafeRawPointer, _ place: Int) {
    storeBytes(of: source.loadUnaligned(fromByteOffset: place, as: type), toByteOffset: place, as: type)
  }
}

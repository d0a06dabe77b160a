import Values

/// The levels of data pages, which stand before their values.
extension ChunkDecoder {
  /// What a data page consists of; valid until the next page.
  struct PageParts {
    let count: Int
    fileprivate let repetitions: LevelBytes?
    fileprivate let definitions: LevelBytes?
    let values: UnsafeRawBufferPointer
  }

  /// In pages of version 1 levels and values are compressed together, each kind of levels with its length before it. In those
  /// of version 2 the levels stand uncompressed before the values, without lengths of their own.
  func parts(of data: DataPage, _ page: PageReader.Page) throws(ColumnarError) -> PageParts {
    let count = data.valueCount
    guard let second = data.second else {
      var reader = ByteReader(try unpacked(page.body, size: page.header.uncompressedSize))
      let repetitions = try levels(&reader, leaf.maxRepetition, data.repetitionEncoding, count)
      let definitions = try levels(&reader, leaf.maxDefinition, data.definitionEncoding, count)
      return PageParts(count: count, repetitions: repetitions, definitions: definitions, values: reader.rest)
    }
    var reader = ByteReader(page.body)
    let repetitions = try reader.take(second.repetitionBytes)
    let definitions = try reader.take(second.definitionBytes)
    let levelBytes = second.repetitionBytes + second.definitionBytes
    guard levelBytes <= page.header.uncompressedSize else {
      throw ColumnarError(
        .malformed, "levels of \(levelBytes) bytes in a page of \(page.header.uncompressedSize)")
    }
    let size = page.header.uncompressedSize - levelBytes
    return PageParts(
      count: count, repetitions: leaf.maxRepetition > 0 ? .runs(repetitions) : nil,
      definitions: leaf.maxDefinition > 0 ? .runs(definitions) : nil,
      values: second.isCompressed ? try unpacked(reader.rest, size: size) : reader.rest)
  }

  fileprivate enum LevelBytes {
    case runs(UnsafeRawBufferPointer)
    case bitPacked(UnsafeRawBufferPointer)
  }

  private func levels(_ reader: inout ByteReader, _ maxLevel: Int, _ encoding: Int32, _ count: Int)
    throws(ColumnarError) -> LevelBytes?
  {
    guard maxLevel > 0 else { return nil }
    switch Encoding(rawValue: encoding) {
    case .rle: return .runs(try reader.take(try reader.length()))
    case .bitPacked:
      guard let size = Levels.bitPackedSize(maxLevel: maxLevel, count: count) else { throw ByteReader.cutOff }
      return .bitPacked(try reader.take(size))
    default:
      throw ColumnarError(.unsupported, "the encoding \(Encoding.name(encoding)) of levels is not supported")
    }
  }

  /// - Returns: how many of the page's values are there.
  mutating func appendLevels(_ parts: PageParts) throws(ColumnarError) -> Int {
    let count = parts.count
    if let repetitions = parts.repetitions {
      _ = try append(repetitions, leaf.maxRepetition, count, to: repetition)
    }
    guard let definitions = parts.definitions else { return count }
    if !keepsDefinition, case .runs(let bytes) = definitions,
      Levels.areAll(leaf.maxDefinition, bytes, count: count)
    {
      return count  // No null so far.
    }
    if !keepsDefinition {
      keepsDefinition = true
      let start = try definition.grow(by: entryCount, budget)
      start.initializeMemory(as: UInt8.self, repeating: UInt8(leaf.maxDefinition), count: entryCount)
    }
    let written = try append(definitions, leaf.maxDefinition, count, to: definition)
    let maxDefinition = UInt8(leaf.maxDefinition)
    var present = 0
    for level in UnsafeBufferPointer(start: written, count: count) where level == maxDefinition {
      present += 1
    }
    return present
  }

  private func append(_ bytes: LevelBytes, _ maxLevel: Int, _ count: Int, to storage: ByteStorage)
    throws(ColumnarError) -> UnsafeMutablePointer<UInt8>
  {
    let target = try storage.grow(by: count, budget).bindMemory(to: UInt8.self, capacity: count)
    switch bytes {
    case .runs(let bytes): try Levels.decode(bytes, maxLevel: maxLevel, count: count, into: target)
    case .bitPacked(let bytes):
      try Levels.decodeBitPacked(bytes, maxLevel: maxLevel, count: count, into: target)
    }
    return target
  }

  /// How many rows begin in a data page of a repeated leaf, and whether it goes on with a row of the page before, told by its
  /// repetition levels alone.
  mutating func rows(of page: PageReader.Page) throws(ColumnarError) -> (begun: Int, continues: Bool) {
    guard case .data(let data) = page.header.kind, data.valueCount > 0 else { return (0, false) }
    let bytes: LevelBytes?
    if let second = data.second {
      var reader = ByteReader(page.body)
      bytes = .runs(try reader.take(second.repetitionBytes))
    } else {
      var reader = ByteReader(try unpacked(page.body, size: page.header.uncompressedSize))
      bytes = try levels(&reader, leaf.maxRepetition, data.repetitionEncoding, data.valueCount)
    }
    guard let bytes else { return (data.valueCount, false) }
    let levels = UnsafeBufferPointer(
      start: try append(bytes, leaf.maxRepetition, data.valueCount, to: repetition), count: data.valueCount)
    var begun = 0
    for level in levels where level == 0 { begun += 1 }
    return (begun, levels[0] != 0)
  }
}

import Compression
import Values

/// Decodes one leaf of one row group: the pages of its chunk in order, levels and values each into one block of memory.
struct ChunkDecoder {
  let leaf: SchemaLeaf
  let codec: PageCodec
  /// How many values the chunk claims, nulls counted.
  let valueCount: Int
  let store: ValueStore
  let budget: MemoryBudget
  let definition = ByteStorage()
  let repetition = ByteStorage()
  /// Whether definition levels are kept: in flat columns not before the first null.
  private(set) var keepsDefinition: Bool
  private(set) var entryCount = 0
  /// The encoding of the last data page that has no dictionary, for those who write the column again.
  private(set) var lastEncoding = Encoding.plain
  private var dictionary: ValueStore?
  private let pageBuffer = ByteStorage()
  private let pageBudget: MemoryBudget

  /// - Parameters:
  ///   - compressedSize: the bytes of the chunk that are there.
  ///   - budget: what may be allocated, here and by others that share it.
  init(
    leaf: SchemaLeaf, codec: PageCodec, valueCount: Int, compressedSize: Int, budget: MemoryBudget,
    limits: ParquetLimits
  ) throws(ColumnarError) {
    self.leaf = leaf
    self.codec = codec
    self.valueCount = valueCount
    self.budget = budget
    pageBudget = MemoryBudget(limits.pageBytes)
    store = try ValueStore(leaf, budget: budget)
    keepsDefinition = !leaf.isFlat && leaf.maxDefinition > 0
    // As much as the claim says, as long as the bytes that are there make it likely.
    let likely = min(limits.chunkBytes / 2, max(1 << 20, compressedSize * 4))
    let (claimed, overflow) = valueCount.multipliedReportingOverflow(by: store.width)
    if store.width > 0 { try store.data.reserve(overflow ? likely : min(likely, claimed)) }
  }

  /// Reads pages until the values are complete.
  mutating func run(_ pages: inout PageReader) throws(ColumnarError) {
    while entryCount < valueCount {
      guard let page = try pages.next() else {
        throw ColumnarError(
          .malformed, "the column chunk ends after \(entryCount) of \(valueCount) values",
          offset: pages.position)
      }
      try read(page)
    }
  }

  mutating func read(_ page: PageReader.Page) throws(ColumnarError) {
    do throws(ColumnarError) {
      try take(page)
    } catch {
      throw error.located(offset: page.offset)
    }
  }

  private mutating func take(_ page: PageReader.Page) throws(ColumnarError) {
    switch page.header.kind {
    case .other: break
    case .dictionary(let count, let encoding):
      guard dictionary == nil else { throw ColumnarError(.malformed, "a second dictionary") }
      guard encoding == Encoding.plain.rawValue || encoding == Encoding.plainDictionary.rawValue else {
        throw ColumnarError(
          .unsupported, "the encoding \(Encoding.name(encoding)) of a dictionary is not supported")
      }
      guard leaf.physical != .boolean else { throw ColumnarError(.unsupported, "a dictionary of BOOLEAN") }
      let body = try unpacked(page.body, size: page.header.uncompressedSize)
      let known = try ValueStore(leaf, budget: budget)
      try PlainDecoder.decode(body, count: count, into: known)
      dictionary = known
    case .data(let data):
      guard data.valueCount <= valueCount - entryCount else {
        throw ColumnarError(
          .malformed, "a page of \(data.valueCount) values where \(valueCount - entryCount) are left")
      }
      if let second = data.second {
        try decode(data, second, page)
      } else {
        try decode(data, try unpacked(page.body, size: page.header.uncompressedSize))
      }
      if let encoding = Encoding(rawValue: data.encoding), encoding != .plainDictionary,
        encoding != .rleDictionary
      {
        lastEncoding = encoding
      }
    }
  }

  /// A page of version 1: levels and values compressed together, each kind of levels with its length before it.
  private mutating func decode(_ page: DataPage, _ body: UnsafeRawBufferPointer) throws(ColumnarError) {
    var reader = ByteReader(body)
    let count = page.valueCount
    let repetitions = try levels(&reader, leaf.maxRepetition, page.repetitionEncoding, count)
    let definitions = try levels(&reader, leaf.maxDefinition, page.definitionEncoding, count)
    try decode(page, repetitions, definitions, reader.rest)
  }

  /// A page of version 2: the levels stand uncompressed before the values, without lengths of their own.
  private mutating func decode(_ page: DataPage, _ second: DataPage.SecondVersion, _ whole: PageReader.Page)
    throws(ColumnarError)
  {
    var reader = ByteReader(whole.body)
    let repetitions = try reader.take(second.repetitionBytes)
    let definitions = try reader.take(second.definitionBytes)
    let levelBytes = second.repetitionBytes + second.definitionBytes
    guard levelBytes <= whole.header.uncompressedSize else {
      throw ColumnarError(
        .malformed, "levels of \(levelBytes) bytes in a page of \(whole.header.uncompressedSize)")
    }
    let size = whole.header.uncompressedSize - levelBytes
    let values = second.isCompressed ? try unpacked(reader.rest, size: size) : reader.rest
    try decode(
      page, leaf.maxRepetition > 0 ? .runs(repetitions) : nil,
      leaf.maxDefinition > 0 ? .runs(definitions) : nil,
      values)
  }

  private enum LevelBytes {
    case runs(UnsafeRawBufferPointer)
    case bitPacked(UnsafeRawBufferPointer)
  }

  private func levels(_ reader: inout ByteReader, _ most: Int, _ encoding: Int32, _ count: Int)
    throws(ColumnarError) -> LevelBytes?
  {
    guard most > 0 else { return nil }
    switch Encoding(rawValue: encoding) {
    case .rle: return .runs(try reader.take(try reader.length()))
    case .bitPacked:
      guard let size = Levels.bitPackedSize(most: most, count: count) else { throw ByteReader.cutOff }
      return .bitPacked(try reader.take(size))
    default:
      throw ColumnarError(.unsupported, "the encoding \(Encoding.name(encoding)) of levels is not supported")
    }
  }

  private mutating func decode(
    _ page: DataPage, _ repetitions: LevelBytes?, _ definitions: LevelBytes?, _ values: UnsafeRawBufferPointer
  ) throws(ColumnarError) {
    let count = page.valueCount
    if let repetitions { _ = try append(repetitions, leaf.maxRepetition, count, to: repetition) }
    var present = count
    if let definitions {
      if !keepsDefinition, case .runs(let bytes) = definitions,
        Levels.areAll(leaf.maxDefinition, bytes, count: count)
      {
        // No null so far.
      } else {
        if !keepsDefinition {
          keepsDefinition = true
          let start = try definition.grow(by: entryCount, budget)
          start.initializeMemory(as: UInt8.self, repeating: UInt8(leaf.maxDefinition), count: entryCount)
        }
        let written = try append(definitions, leaf.maxDefinition, count, to: definition)
        let most = UInt8(leaf.maxDefinition)
        present = 0
        for level in UnsafeBufferPointer(start: written, count: count) where level == most { present += 1 }
      }
    }
    try ValueDecoder.decode(
      values, encoding: page.encoding, count: present, dictionary: dictionary, into: store)
    entryCount += count
  }

  private func append(_ bytes: LevelBytes, _ most: Int, _ count: Int, to storage: ByteStorage)
    throws(ColumnarError) -> UnsafeMutablePointer<UInt8>
  {
    let target = try storage.grow(by: count, budget).bindMemory(to: UInt8.self, capacity: count)
    switch bytes {
    case .runs(let bytes): try Levels.decode(bytes, most: most, count: count, into: target)
    case .bitPacked(let bytes): try Levels.decodeBitPacked(bytes, most: most, count: count, into: target)
    }
    return target
  }

  /// The content of a page, in place where it is not compressed; valid until the next page.
  private func unpacked(_ body: UnsafeRawBufferPointer, size: Int) throws(ColumnarError)
    -> UnsafeRawBufferPointer
  {
    guard codec != .uncompressed else {
      guard body.count == size else {
        throw ColumnarError(.malformed, "a page of \(body.count) bytes that announces \(size)")
      }
      return body
    }
    pageBuffer.shrink(to: 0, pageBudget)
    let target = UnsafeMutableRawBufferPointer(start: try pageBuffer.grow(by: size, pageBudget), count: size)
    do throws(CompressionError) {
      try codec.decompress(body, into: target)
    } catch {
      throw ColumnarError(.malformed, error.message)
    }
    return UnsafeRawBufferPointer(target)
  }
}

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
  var keepsDefinition: Bool
  private(set) var entryCount = 0
  /// The encoding of the last data page that has no dictionary, for those who write the column again.
  private(set) var lastEncoding = Encoding.plain
  private var dictionary: ValueStore?
  /// Of the page at hand, where it is compressed.
  let pageBuffer = ByteStorage()
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
      let parts = try parts(of: data, page)
      let present = try appendLevels(parts)
      try ValueDecoder.decode(
        parts.values, encoding: data.encoding, count: present, dictionary: dictionary, into: store)
      entryCount += data.valueCount
      if let encoding = Encoding(rawValue: data.encoding), encoding != .plainDictionary,
        encoding != .rleDictionary
      {
        lastEncoding = encoding
      }
    }
  }

  /// The content of a page, in place where it is not compressed; valid until the next page.
  func unpacked(_ body: UnsafeRawBufferPointer, size: Int) throws(ColumnarError)
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

import Compression
import Values

/// Writes a file: row groups one after the other, each column by column, then the footer. What is written goes to a sink
/// as it is made, so that memory holds one column at a time.
package struct ParquetWriter {
  /// Takes the bytes of the file in order.
  package typealias Sink = ([UInt8]) throws(ColumnarError) -> Void

  private let head: FooterHead
  private let sink: Sink
  private var position = 0
  private var groups: [WrittenGroup] = []

  /// What stands in the footer before and behind the row groups.
  struct FooterHead {
    /// Encoded lists, as in `FileMetadata`.
    var schema: [UInt8]
    var keyValues: [UInt8]?
  }

  struct WrittenChunk {
    let leaf: SchemaLeaf
    let codec: PageCodec
    let valueCount: Int
    let start: Int
    let dataStart: Int
    let hasDictionary: Bool
    let encodings: [Encoding]
    let uncompressedSize: Int
    let compressedSize: Int
  }

  struct WrittenGroup {
    let rowCount: Int
    var chunks: [WrittenChunk] = []
  }

  init(_ head: FooterHead, to sink: @escaping Sink) throws(ColumnarError) {
    self.head = head
    self.sink = sink
    try write(Array("PAR1".utf8))
  }

  /// A file with this schema, in the flat form of the footer.
  package init(
    schema: [SchemaElement], keyValues: [(key: String, value: String)] = [], to sink: @escaping Sink
  ) throws(ColumnarError) {
    var list = ThriftWriter()
    list.listHead(.structure, schema.count)
    for element in schema { element.write(to: &list) }
    var pairs = ThriftWriter()
    pairs.listHead(.structure, keyValues.count)
    for (key, value) in keyValues {
      pairs.structure { pair in
        pair.string(1, key)
        pair.string(2, value)
      }
    }
    try self.init(
      FooterHead(schema: list.bytes, keyValues: keyValues.isEmpty ? nil : pairs.bytes), to: sink)
  }

  package mutating func beginRowGroup(rowCount: Int) { groups.append(WrittenGroup(rowCount: rowCount)) }

  /// Adds the next leaf of the row group.
  package mutating func append(_ column: LeafColumn, codec: PageCodec, allowsDictionary: Bool = true)
    throws(ColumnarError)
  {
    guard !groups.isEmpty, groups[groups.count - 1].rowCount == column.rowCount else {
      throw ColumnarError(.usage, "a column of \(column.rowCount) rows does not belong to the row group")
    }
    let codec = codec.writable
    let encoder = PageEncoder(column, allowsDictionary: allowsDictionary)
    let start = position
    var sizes = (whole: 0, compressed: 0)
    if let dictionary = encoder.dictionary, let body = encoder.dictionaryBody {
      try page(body, .dictionary(valueCount: dictionary.firsts.count), codec, &sizes)
    }
    let dataStart = position
    for plan in PagePlan.pages(column, encoder.values) {
      guard plan.entries.count <= Int(Int32.max) else { throw ColumnarError(.limit, "a record is too large") }
      let content = PageHeaderWriter.Content.data(
        valueCount: plan.entries.count, encoding: encoder.encoding)
      try page(encoder.body(plan), content, codec, &sizes)
    }
    let hasDictionary = encoder.dictionary != nil
    groups[groups.count - 1].chunks.append(
      WrittenChunk(
        leaf: column.leaf, codec: codec, valueCount: column.entryCount, start: start, dataStart: dataStart,
        hasDictionary: hasDictionary,
        encodings: [.rle] + (hasDictionary ? [.plain, .rleDictionary] : [encoder.encoding]),
        uncompressedSize: sizes.whole, compressedSize: sizes.compressed))
  }

  private mutating func page(
    _ body: [UInt8], _ content: PageHeaderWriter.Content, _ codec: PageCodec,
    _ sizes: inout (whole: Int, compressed: Int)
  ) throws(ColumnarError) {
    guard body.count <= Int(Int32.max) else { throw ColumnarError(.limit, "a page of \(body.count) bytes") }
    let packed: [UInt8]
    do throws(CompressionError) {
      packed =
        codec == .uncompressed
        ? body
        : try body.withUnsafeBufferPointer { (body) throws(CompressionError) in
          try codec.compress(UnsafeRawBufferPointer(body))
        }
    } catch {
      throw ColumnarError(.limit, error.message)
    }
    let head = PageHeaderWriter.encoded(content, whole: body.count, packed: packed)
    sizes.whole += head.count + body.count
    sizes.compressed += head.count + packed.count
    try write(head)
    try write(packed)
  }

  /// Writes the footer. Nothing may be written afterwards.
  package mutating func finish() throws(ColumnarError) {
    let footer = FooterWriter.encoded(head, groups)
    guard let length = UInt32(exactly: footer.count) else {
      throw ColumnarError(.limit, "the footer is too large")
    }
    try write(footer)
    try write((0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array("PAR1".utf8))
  }

  private mutating func write(_ bytes: [UInt8]) throws(ColumnarError) {
    try sink(bytes)
    position += bytes.count
  }
}

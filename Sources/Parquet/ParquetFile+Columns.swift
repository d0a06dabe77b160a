import Compression
import Values

/// One leaf of one row group as it lies in the file.
package struct LeafColumn: Sendable {
  package let leaf: SchemaLeaf
  package let rowCount: Int
  /// How many values and nulls there are; in nested columns other than the number of rows.
  package let entryCount: Int
  /// One an entry; nil where no entry is null.
  package let definition: Elements<UInt8>?
  /// One an entry; nil in flat columns.
  package let repetition: Elements<UInt8>?
  /// The values that are there, without the nulls.
  package let values: ColumnValues
  /// How the values were written, where they were not in a dictionary.
  let encoding: Encoding

  init(
    leaf: SchemaLeaf, rowCount: Int, entryCount: Int, definition: Elements<UInt8>?,
    repetition: Elements<UInt8>?,
    values: ColumnValues, encoding: Encoding
  ) {
    self.leaf = leaf
    self.rowCount = rowCount
    self.entryCount = entryCount
    self.definition = definition
    self.repetition = repetition
    self.values = values
    self.encoding = encoding
  }

  /// What a decoder has read.
  /// - Parameter rowCount: the rows that begin in it.
  init(_ decoder: ChunkDecoder, rowCount: Int) {
    self.init(
      leaf: decoder.leaf, rowCount: rowCount, entryCount: decoder.entryCount,
      definition: decoder.keepsDefinition ? Elements(decoder.definition) : nil,
      repetition: decoder.leaf.isFlat ? nil : Elements(decoder.repetition), values: decoder.store.finish(),
      encoding: decoder.lastEncoding)
  }
}

extension LeafColumn {
  /// A column to be written, with one level an entry where the schema has levels.
  /// - Parameter encoding: its number in parquet.thrift, for values without a dictionary; PLAIN where it does not go
  ///   with the type.
  package init(
    _ leaf: SchemaLeaf, rowCount: Int, definition: [UInt8], repetition: [UInt8], values: ColumnValues,
    encoding: Int32 = 0
  ) throws(ColumnarError) {
    let entryCount = leaf.maxDefinition > 0 ? definition.count : values.count
    let present =
      leaf.maxDefinition > 0 ? definition.count { Int($0) == leaf.maxDefinition } : values.count
    guard present == values.count, leaf.isFlat ? rowCount == entryCount : repetition.count == entryCount
    else {
      throw ColumnarError(.usage, "levels that do not go with the values", column: leaf.name)
    }
    self.init(
      leaf: leaf, rowCount: rowCount, entryCount: entryCount,
      definition: leaf.maxDefinition > 0 ? try Elements(copying: definition) : nil,
      repetition: leaf.isFlat ? nil : try Elements(copying: repetition), values: values,
      encoding: Encoding(rawValue: encoding) ?? .plain)
  }
}

extension ParquetFile {
  /// Decodes one leaf of one row group. Takes memory for it within `limits.chunkBytes`.
  package func decode(rowGroup: Int, leaf index: Int) throws(ColumnarError) -> LeafColumn {
    try decode(rowGroup: rowGroup, leaf: index, MemoryBudget(limits.chunkBytes))
  }

  /// - Parameter budget: shared by the leaves that are decoded together.
  func decode(rowGroup: Int, leaf index: Int, _ budget: MemoryBudget) throws(ColumnarError) -> LeafColumn {
    try LeafColumn(
      decoder(rowGroup: rowGroup, leaf: index, budget), rowCount: rowCount(ofGroup: rowGroup))
  }

  /// A decoder that has read its chunk to the end.
  func decoder(rowGroup: Int, leaf index: Int, _ budget: MemoryBudget) throws(ColumnarError) -> ChunkDecoder {
    let place = try place(rowGroup: rowGroup, leaf: index)
    do throws(ColumnarError) {
      var decoder = try ChunkDecoder(
        leaf: place.leaf, codec: place.codec, valueCount: place.valueCount, compressedSize: place.range.count,
        budget: budget, limits: limits)
      var pages = PageReader(bytes, range: place.range, limits: limits)
      try decoder.run(&pages)
      if !place.leaf.isFlat { try decoder.checkRecords(rowCount(ofGroup: rowGroup)) }
      return decoder
    } catch {
      throw error.located(column: place.leaf.name)
    }
  }

  /// A column chunk that goes with the schema.
  struct ChunkPlace {
    let leaf: SchemaLeaf
    let codec: PageCodec
    let valueCount: Int
    /// Of its pages.
    let range: Range<Int>
  }

  func place(rowGroup: Int, leaf index: Int) throws(ColumnarError) -> ChunkPlace {
    guard metadata.rowGroups.indices.contains(rowGroup), schema.leaves.indices.contains(index) else {
      throw ColumnarError(.usage, "no column \(index) of row group \(rowGroup)")
    }
    let leaf = schema.leaves[index]
    let group = metadata.rowGroups[rowGroup]
    do throws(ColumnarError) {
      let chunk = group.chunks[index]
      let codec = try check(chunk, leaf)
      if leaf.isFlat, chunk.valueCount != group.rowCount {
        throw ColumnarError(.malformed, "\(chunk.valueCount) values in a row group of \(group.rowCount) rows")
      }
      return ChunkPlace(leaf: leaf, codec: codec, valueCount: chunk.valueCount, range: try range(of: chunk))
    } catch {
      throw error.located(column: leaf.name)
    }
  }

  private func check(_ chunk: ChunkMetadata, _ leaf: SchemaLeaf) throws(ColumnarError) -> PageCodec {
    guard !chunk.isEncrypted else { throw ColumnarError(.unsupported, "encrypted columns are not supported") }
    guard !chunk.isInOtherFile else {
      throw ColumnarError(.unsupported, "columns that lie in another file are not supported")
    }
    guard chunk.hasMetadata else { throw ColumnarError(.malformed, "the column chunk lacks its metadata") }
    guard chunk.type == leaf.physical.rawValue else {
      let found = PhysicalType(rawValue: chunk.type)?.name ?? "type \(chunk.type)"
      throw ColumnarError(.malformed, "the column chunk holds \(found), the schema \(leaf.physical.name)")
    }
    guard let codec = PageCodec(rawValue: chunk.codec) else {
      throw ColumnarError(.unsupported, "the compression \(PageCodec.name(chunk.codec)) is not supported")
    }
    return codec
  }

  /// Where the pages of a chunk lie. A dictionary at offset 0 is none, which some writers mean by it; one behind the data
  /// pages cannot be.
  private func range(of chunk: ChunkMetadata) throws(ColumnarError) -> Range<Int> {
    var start = chunk.dataPageOffset
    if let dictionary = chunk.dictionaryPageOffset, dictionary > 0, dictionary < start { start = dictionary }
    guard start >= 4 || chunk.valueCount == 0, start <= footerStart,
      chunk.compressedSize <= footerStart - start
    else {
      throw ColumnarError(
        .malformed, "the column chunk at \(start) of \(chunk.compressedSize) bytes lies outside of the pages")
    }
    var end = start + chunk.compressedSize
    // Old versions of parquet-mr left the head of the dictionary page out of the size (PARQUET-816).
    if metadata.createdBy.hasPrefix("parquet-mr") { end = min(footerStart, end + 100) }
    return start..<end
  }
}

extension ChunkDecoder {
  /// Whether the repetition levels make as many records as there are rows.
  func checkRecords(_ rowCount: Int) throws(ColumnarError) {
    let levels = repetition.elements(of: UInt8.self)
    if let first = levels.first, first != 0 {
      throw ColumnarError(.malformed, "the first record begins with the repetition level \(first)")
    }
    var records = 0
    for level in levels where level == 0 { records += 1 }
    guard records == rowCount else {
      throw ColumnarError(.malformed, "\(records) records in a row group of \(rowCount) rows")
    }
  }
}

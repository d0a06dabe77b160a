import Values

/// Single pages of a leaf, for those who want few of its rows.
extension ParquetFile {
  /// The pages of a leaf.
  /// - Throws: where they are not those of all its values too.
  func pages(rowGroup: Int, leaf index: Int) throws(ColumnarError) -> PageIndex {
    let chunk = try place(rowGroup: rowGroup, leaf: index)
    do throws(ColumnarError) {
      let pages = try PageIndex(
        PageReader(bytes, range: chunk.range, limits: limits), count: chunk.valueCount)
      guard pages.valueCount == chunk.valueCount else {
        throw ColumnarError(
          .malformed, "the pages hold \(pages.valueCount) of \(chunk.valueCount) values")
      }
      return pages
    } catch {
      throw error.located(column: chunk.leaf.name)
    }
  }

  /// What `body` makes of a page, with a decoder that has read nothing.
  /// - Parameter count: of its values.
  func withPage<Result>(
    _ place: Range<Int>, count: Int, rowGroup: Int, leaf index: Int,
    _ body: (PageReader.Page, ChunkDecoder) throws(ColumnarError) -> Result
  ) throws(ColumnarError) -> Result {
    let chunk = try self.place(rowGroup: rowGroup, leaf: index)
    do throws(ColumnarError) {
      let decoder = try decoder(of: chunk, count: count, bytes: place.count)
      var pages = PageReader(bytes, range: place, limits: limits)
      guard let page = try pages.next() else { throw ColumnarError(.malformed, "there is no page") }
      return try body(page, decoder)
    } catch {
      throw error.located(column: chunk.leaf.name)
    }
  }

  /// A decoder that has read some pages of a leaf, and its dictionary before them.
  /// - Parameter pages: those that follow each other.
  func decoder(
    of pages: ArraySlice<PageIndex.Entry>, _ dictionary: Range<Int>?, rowGroup: Int, leaf index: Int
  ) throws(ColumnarError) -> ChunkDecoder {
    let chunk = try self.place(rowGroup: rowGroup, leaf: index)
    do throws(ColumnarError) {
      let places = pages.map(\.place)
      var decoder = try decoder(
        of: chunk, count: pages.reduce(0) { $0 + $1.values.count }, bytes: places.reduce(0) { $0 + $1.count })
      for place in (dictionary.map { [$0] } ?? []) + places {
        var pages = PageReader(bytes, range: place, limits: limits)
        if let page = try pages.next() { try decoder.read(page) }
      }
      return decoder
    } catch {
      throw error.located(column: chunk.leaf.name)
    }
  }

  private func decoder(of chunk: ChunkPlace, count: Int, bytes: Int) throws(ColumnarError) -> ChunkDecoder {
    try ChunkDecoder(
      leaf: chunk.leaf, codec: chunk.codec, valueCount: count, compressedSize: bytes,
      budget: MemoryBudget(limits.chunkBytes), limits: limits)
  }
}

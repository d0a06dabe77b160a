import Compression
import Values

/// The pages of one column chunk, one after the other.
struct PageReader {
  struct Page {
    let header: PageHeader
    let body: UnsafeRawBufferPointer
    /// Where its head stands in the file.
    let offset: Int
  }
  private let file: UnsafeRawBufferPointer
  private let end: Int
  private let limits: ParquetLimits
  private(set) var position: Int

  /// - Parameter range: of the file, within which the pages must lie.
  init(_ file: UnsafeRawBufferPointer, range: Range<Int>, limits: ParquetLimits) {
    self.file = file
    self.limits = limits
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next page, or nil behind the last. Its sizes are bounded and its checksum is right.
  mutating func next() throws(ColumnarError) -> Page? {
    guard let page = try pass() else { return nil }
    if let wanted = page.header.checksum, crc32([page.body]) != wanted {
      throw ColumnarError(.malformed, "the checksum (CRC-32) of a page is wrong", offset: page.offset)
    }
    return page
  }

  /// The same without a look at its body.
  mutating func pass() throws(ColumnarError) -> Page? {
    guard position < end else { return nil }
    let offset = position
    var reader = ThriftReader(UnsafeRawBufferPointer(rebasing: file[position..<end]), fileOffset: position)
    let header = try PageHeader(&reader)
    position += reader.position
    guard header.compressedSize <= end - position else {
      throw ColumnarError(
        .malformed, "a page of \(header.compressedSize) bytes, of which \(end - position) are there",
        offset: offset)
    }
    guard max(header.compressedSize, header.uncompressedSize) <= limits.pageBytes else {
      throw ColumnarError(
        .limit, "a page of \(header.uncompressedSize) bytes, more than \(limits.pageBytes)", offset: offset)
    }
    let body = UnsafeRawBufferPointer(rebasing: file[position..<position + header.compressedSize])
    position += header.compressedSize
    return Page(header: header, body: body, offset: offset)
  }
}

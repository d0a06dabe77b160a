/// An entry with another content: its own headers, but for what tells the size and the check sum.
enum TarReplacement {
  /// All blocks of the entry, headers that tell a long name and padding included.
  /// - Parameter bytes: those of the archive.
  /// - Throws: `ArchiveError` where other headers tell the size too, so that programs would read on in different places.
  static func blocks(of entry: TarEntry, in bytes: UnsafeRawBufferPointer, content: [UInt8])
    throws(ArchiveError) -> [UInt8]
  {
    var blocks = [UInt8](bytes[entry.blocks.lowerBound..<entry.headerOffset])
    let headerStart = blocks.count
    blocks += bytes[entry.headerOffset..<entry.headerOffset + TarHeader.size]
    let digits = octal(content.count, width: 11)
    guard digits.count == 11 else { throw ArchiveError(at: entry.headerOffset, "a content of 8 GB and more") }
    put(digits + [0], in: &blocks, at: headerStart + TarHeader.sizePlace)
    // The field itself counts as spaces.
    put([UInt8](repeating: 0x20, count: 8), in: &blocks, at: headerStart + TarHeader.sumPlace)
    let sum = blocks[headerStart...].reduce(0) { $0 + Int($1) }
    put(octal(sum, width: 6) + [0, 0x20], in: &blocks, at: headerStart + TarHeader.sumPlace)
    blocks += content
    while blocks.count % TarHeader.size != 0 { blocks.append(0) }
    let again = try? TarArchive.read(blocks + TarWriter.end)
    guard again?.entries.count == 1, let read = again?.entries.first, read.nameBytes == entry.nameBytes,
      blocks[read.content].elementsEqual(content)
    else { throw ArchiveError(at: entry.headerOffset, "an entry whose size is told elsewhere too") }
    return blocks
  }

  private static func octal(_ value: Int, width: Int) -> [UInt8] {
    let digits = Array(String(value, radix: 8).utf8)
    return [UInt8](repeating: 0x30, count: max(0, width - digits.count)) + digits
  }

  private static func put(_ field: [UInt8], in blocks: inout [UInt8], at place: Int) {
    blocks.replaceSubrange(place..<place + field.count, with: field)
  }
}

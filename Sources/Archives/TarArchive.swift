/// What lies where in a tar archive: ustar, the long names of GNU, pax. Only regular files are to be opened; all else is
/// told and stays closed. Nothing is copied but names.
package struct TarArchive: Sendable, Equatable {
  package let entries: [TarEntry]
  /// Headers that hold for all that follows, which any copy must have.
  package let globalHeaders: [Range<Int>]
  /// Where the entries end.
  package let end: Int
  /// Whether blocks of zeros follow there, as they should.
  package let isTerminated: Bool
  /// The first byte behind the end that is not 0: programs that are told to read on would find more there.
  package let hiddenOffset: Int?

  private static let maxEntries = 10_000_000

  /// - Throws: `ArchiveError` for what is cut off, is no archive, or is one that programs read in different ways.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) -> TarArchive {
    var scan = TarScan(bytes)
    var entries: [TarEntry] = []
    while let entry = try scan.next() {
      guard entries.count < maxEntries else {
        throw ArchiveError(at: entry.headerOffset, "more than \(maxEntries) entries")
      }
      entries.append(entry)
    }
    let hidden = bytes[scan.offset...].firstIndex { $0 != 0 }
    return TarArchive(
      entries: entries, globalHeaders: scan.globalHeaders, end: scan.offset,
      isTerminated: bytes.count - scan.offset >= 2 * TarHeader.size, hiddenOffset: hidden)
  }

  /// The same for an archive in an array.
  package static func read(_ bytes: [UInt8]) throws(ArchiveError) -> TarArchive {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(ArchiveError) in try read(buffer) }
    }
    return try result.get()
  }
}

/// A copy of an archive without some of its entries: what is kept, byte for byte as it was or with a new content, then the
/// end.
package enum TarWriter {
  /// Two blocks of zeros: POSIX.1-2017, pax, "ustar Interchange Format".
  package static let end = [UInt8](repeating: 0, count: 2 * TarHeader.size)

  /// Where the kept bytes lie, in order; entries that lie together are one piece.
  /// - Parameter keeps: whether the entry of this number is kept.
  package static func pieces(of archive: TarArchive, keeping keeps: (Int) -> Bool) -> [Range<Int>] {
    var kept = archive.entries.indices.filter(keeps).map { archive.entries[$0].blocks }
    kept += archive.globalHeaders
    kept.sort { $0.lowerBound < $1.lowerBound }
    var pieces: [Range<Int>] = []
    for blocks in kept {
      if let last = pieces.last, last.upperBound == blocks.lowerBound {
        pieces[pieces.count - 1] = last.lowerBound..<blocks.upperBound
      } else {
        pieces.append(blocks)
      }
    }
    return pieces
  }

  /// The blocks of an entry with another content, for `write`.
  /// - Throws: `ArchiveError` where it cannot have one.
  package static func blocks(of entry: TarEntry, in bytes: UnsafeRawBufferPointer, content: [UInt8])
    throws(ArchiveError) -> [UInt8]
  { try TarReplacement.blocks(of: entry, in: bytes, content: content) }

  /// - Parameters:
  ///   - bytes: those that `archive` was read from.
  ///   - replaced: by the number of an entry that is kept, its new blocks.
  ///   - sink: gets the copy piece by piece.
  package static func write<Failure: Error>(
    _ archive: TarArchive, of bytes: UnsafeRawBufferPointer, keeping keeps: (Int) -> Bool,
    replacing replaced: [Int: [UInt8]] = [:], to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var changed = replaced.filter { keeps($0.key) }.map {
      (place: archive.entries[$0.key].blocks, new: $0.value)
    }
    changed.sort { $0.place.lowerBound > $1.place.lowerBound }
    for piece in pieces(of: archive, keeping: keeps) {
      var start = piece.lowerBound
      while let (place, new) = changed.last, place.upperBound <= piece.upperBound {
        try sink(UnsafeRawBufferPointer(rebasing: bytes[start..<place.lowerBound]))
        try write(new, to: sink)
        start = place.upperBound
        changed.removeLast()
      }
      try sink(UnsafeRawBufferPointer(rebasing: bytes[start..<piece.upperBound]))
    }
    try write(end, to: sink)
  }

  private static func write<Failure: Error>(
    _ bytes: [UInt8], to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(Failure) in try sink(bytes) }
    }
    try outcome.get()
  }
}

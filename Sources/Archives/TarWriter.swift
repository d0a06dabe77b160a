/// A copy of an archive without some of its entries: what is kept, byte for byte as it was, then the end.
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

  /// - Parameters:
  ///   - bytes: those that `archive` was read from.
  ///   - sink: gets the copy piece by piece.
  package static func write<Failure: Error>(
    _ archive: TarArchive, of bytes: UnsafeRawBufferPointer, keeping keeps: (Int) -> Bool,
    to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    for piece in pieces(of: archive, keeping: keeps) {
      try sink(UnsafeRawBufferPointer(rebasing: bytes[piece]))
    }
    let outcome = end.withUnsafeBytes { zeros in
      Result { () throws(Failure) in try sink(zeros) }
    }
    try outcome.get()
  }
}

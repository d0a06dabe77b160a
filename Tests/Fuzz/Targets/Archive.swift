import Archives

/// Entries lie within the archive, and one that is written without some of them holds the others.
func fuzzArchive(_ bytes: UnsafeRawBufferPointer) {
  guard let archive = try? TarArchive.read(bytes) else { return }
  for entry in archive.entries {
    precondition(entry.content.upperBound <= bytes.count && entry.blocks.upperBound <= bytes.count)
  }
  var written: [UInt8] = []
  TarWriter.write(archive, of: bytes, keeping: { $0 % 2 == 0 }, to: { written += $0 })
  guard let again = try? TarArchive.read(written) else { preconditionFailure("what was written is not read") }
  let kept = archive.entries.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
  precondition(again.entries.map(\.nameBytes) == kept.map(\.nameBytes))
  precondition(again.entries.map(\.content.count) == kept.map(\.content.count))
}

import Archives

/// Entries lie within the archive and apart from one another.
func fuzzZip(_ bytes: UnsafeRawBufferPointer) {
  guard let archive = try? ZipArchive.read(bytes) else { return }
  var end = 0
  for entry in archive.entries.sorted(by: {
    ($0.data.lowerBound, $0.data.upperBound) < ($1.data.lowerBound, $1.data.upperBound)
  }) {
    precondition(entry.data.lowerBound >= end && entry.data.upperBound <= bytes.count)
    end = entry.data.upperBound
  }
}

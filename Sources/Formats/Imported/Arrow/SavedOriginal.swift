import Model

/// A saved dataset with some of its rows. Its fingerprint is another: caches go by it, and the rows are others.
struct SavedOriginal: ImportedOriginal, ImportedSources {
  let saved: SavedDataset
  let data: ShardedOriginal

  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws {
    for description in saved.descriptions {
      let file = try description.open()
      let isState = description.name.split(separator: "/").last.map { $0 == SavedDataset.state } ?? false
      try output.begin(description.name)
      try file.withBytes { bytes in
        if isState {
          try Self.state(bytes, rows, cells).withUnsafeBytes { try output.append($0) }
        } else {
          try output.append(bytes)
        }
      }
    }
    try data.write(rows, cells: cells, to: output)
  }

  /// With a fingerprint made from the former one and all that differs, the same for the same copy.
  private static func state(_ bytes: UnsafeRawBufferPointer, _ rows: [Int], _ cells: NewCells) throws
    -> [UInt8]
  {
    guard let place = try JSONParser.places(of: "_fingerprint", in: bytes).last else { return [UInt8](bytes) }
    var hasher = SHA256()
    hasher.update([UInt8](bytes))
    for row in rows {
      let new = [cells.labels.byRow[row], cells.texts.byRow[row]].map { $0 ?? "" }
      hasher.update(Array("\(row) \(new)\n".utf8))
    }
    let digest = hasher.digest.description.prefix(16)
    return [UInt8](bytes[..<place.lowerBound]) + JSONText.string(String(digest))
      + [UInt8](bytes[place.upperBound...])
  }
}

import Model

/// The files of pictures that a column of the records names, as a part of a folder that is copied.
struct ListedPictures: ImportedOriginal {
  private let files: PictureFiles

  init(_ files: PictureFiles) { self.files = files }

  /// Labels stand in the records.
  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws {
    var written: Set<String> = []
    for row in rows {
      // Absolute names stay what they are, and what cannot be opened was no sample's content.
      let name = files.name(row)
      guard !name.hasPrefix("/"), let file = try? files.open(row), written.insert(name).inserted else {
        continue
      }
      try output.begin(name)
      try file.withBytes { try output.append($0) }
    }
  }
}

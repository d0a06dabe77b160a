import Arrow
import Model
import Values

/// Arrow IPC, as a stream or a file (Feather 2), in one file or several, and what Hugging Face's `save_to_disk` leaves:
/// classes by the names that its metadata gives to numbers, pictures as they lie in a column of bytes.
struct ArrowFormat: DatasetFormat, ImportedFormat {
  let name = "Arrow"
  let fileExtension = "arrow"
  let otherExtensions = ["feather", "arrows", "ipc"]
  let role = "records"
  var nameInFolder: String { "*." + fileExtension }

  func files(of folder: FolderListing) -> [String] {
    SavedDataset.files(of: folder) ?? folder.files(ending: Set(extensions))
  }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    guard let saved = try SavedDataset(files) else {
      return try samples(files, splits: Shards.splits(of: files.map(\.name)), saved: nil, name: name)
    }
    return try samples(saved.data, splits: saved.splits, saved: saved, name: name)
  }

  private func samples(
    _ files: [SourceFile], splits: [String]?, saved: SavedDataset?, name: String
  ) throws(FormatError) -> ImportedSamples {
    var rows = try NestedRows(name: name)
    var counts: [Int] = []
    for (index, file) in files.enumerated() {
      let mapped = try file.open()
      do throws(ColumnarError) {
        let opened = try ArrowFile(mapped.bytes, owner: mapped)
        counts.append(try opened.append(to: &rows, split: splits?[index]))
      } catch {
        throw Self.told(error, of: file)
      }
      if let problem = rows.problem { throw problem }
    }
    let original = ShardedOriginal(files: files, counts: counts) { file, share, output in
      let mapped = try file.open()
      do {
        try Self.copy(ArrowFile(mapped.bytes, owner: mapped), file.name, share, to: output)
      } catch let error as ColumnarError {
        throw Self.told(error, of: file)
      }
    }
    return try rows.finish(original: saved.map { SavedOriginal(saved: $0, data: original) } ?? original)
  }

  private static func told(_ error: ColumnarError, of file: SourceFile) -> FormatError {
    FormatError(displayText(file.name), displayText(error.description))
  }

  private static func copy(
    _ source: ArrowFile, _ name: String, _ share: ShardedOriginal.Share, to output: any ImportedOutput
  ) throws {
    let cells = try share.replacements(in: source.schema.fields.map(\.name), file: name) {
      source.classNames(ofField: $0)
    }
    let copy = try ArrowCopy(source, rows: share.rows, replacing: cells)
    try copy.write { bytes throws(ColumnarError) in
      do {
        try bytes.withUnsafeBytes { try output.append($0) }
      } catch {
        throw ColumnarError(.output, "\(error)")
      }
    }
  }
}

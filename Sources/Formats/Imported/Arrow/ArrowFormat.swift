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
      return try samples(files, splits: Shards.splits(of: files.map(\.name)), saved: nil)
    }
    return try samples(saved.data, splits: saved.splits, saved: saved)
  }

  private func samples(
    _ files: [SourceFile], splits: [String]?, saved: SavedDataset?
  ) throws(FormatError) -> ImportedSamples {
    var sources: [ColumnarLayout.Source] = []
    for (index, file) in files.enumerated() {
      let opened = try Self.open(file)
      do throws(ColumnarError) {
        let chunks = try ArrowChunks(opened)
        sources.append(ColumnarLayout.Source(file: chunks, origin: file, split: splits?[index]))
      } catch {
        throw file.told(error)
      }
    }
    let counts = sources.map { $0.file.chunkSizes.reduce(0, +) }
    return try ImportedSamples(
      sources, listPictures: false, original: Self.original(files, counts, saved))
  }

  private static func original(
    _ files: [SourceFile], _ counts: [Int], _ saved: SavedDataset?
  ) -> any ImportedSources {
    let data = ShardedOriginal(files: files, counts: counts) { file, share, output in
      do {
        try Self.copy(try Self.open(file), file.name, share, to: output)
      } catch let error as ColumnarError {
        throw file.told(error)
      }
    }
    return saved.map { SavedOriginal(saved: $0, data: data) } ?? data
  }

  private static func open(_ file: SourceFile) throws(FormatError) -> ArrowFile {
    let mapped = try file.open()
    do throws(ColumnarError) {
      return try ArrowFile(mapped.bytes, owner: mapped)
    } catch {
      throw file.told(error)
    }
  }

  private static func copy(
    _ source: ArrowFile, _ name: String, _ share: ShardedOriginal.Share, to output: any ImportedOutput
  ) throws {
    let cells = try share.replacements(in: source.schema.fields.map(\.name), file: name) {
      ClassNames(of: source.fields[$0], metadata: source.metadata(ClassNames.metadataName))
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

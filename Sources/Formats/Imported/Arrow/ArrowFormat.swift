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
    var opened: [ArrowFile] = []
    for file in files { opened.append(try Self.open(file)) }
    if let columns = try Self.columns(files, opened, splits) {
      let counts = columns.store.parts.map { $0.file.chunkSizes.reduce(0, +) }
      return ImportedSamples(
        rows: .columns(columns), count: columns.store.count, pictures: nil,
        original: Self.original(files, counts, saved))
    }
    var rows = try NestedRows(name: name)
    var counts: [Int] = []
    for (index, file) in files.enumerated() {
      do throws(ColumnarError) {
        counts.append(try opened[index].append(to: &rows, split: splits?[index]))
      } catch {
        throw file.told(error)
      }
      if let problem = rows.problem { throw problem }
    }
    return try rows.finish(original: Self.original(files, counts, saved))
  }

  /// Nil where a column is nested, or holds pictures.
  private static func columns(
    _ files: [SourceFile], _ opened: [ArrowFile], _ splits: [String]?
  ) throws(FormatError) -> ColumnarRows? {
    var parts: [ColumnarStore.Part] = []
    for (index, file) in files.enumerated() {
      let source = opened[index]
      do throws(ColumnarError) {
        guard let chunks = try ArrowChunks(source), try !source.holdsPictures(chunks) else { return nil }
        parts.append(
          ColumnarStore.Part(
            file: chunks, name: displayText(file.name), split: source.split(splits?[index]),
            classes: source.schema.fields.indices.map(source.classNames(ofField:))))
      } catch {
        throw file.told(error)
      }
    }
    return ColumnarRows(parts, names: opened.map { $0.schema.fields.map(\.name) })
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

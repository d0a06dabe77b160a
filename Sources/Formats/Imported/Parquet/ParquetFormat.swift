import Model
import Parquet
import Values

/// Parquet, in one file or several, as Hugging Face stores datasets: classes by the names that its metadata gives to
/// numbers, pictures as they lie in a column of bytes.
struct ParquetFormat: DatasetFormat, ImportedFormat {
  let name = "Parquet"
  let fileExtension = "parquet"
  let otherExtensions = ["parq", "pq"]
  let role = "records"
  var nameInFolder: String { "*." + fileExtension }

  func files(of folder: FolderListing) -> [String] { folder.files(ending: Set(extensions)) }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var opened: [ParquetFile] = []
    for file in files { opened.append(try Self.open(file)) }
    let original = ShardedOriginal(files: files, counts: opened.map(\.rowCount)) { file, share, output in
      do {
        try Self.copy(try Self.open(file), file.name, share, to: output)
      } catch let error as ColumnarError {
        throw file.told(error)
      }
    }
    if let columns = try Self.columns(files, opened, splits) {
      return ImportedSamples(
        rows: .columns(columns), count: columns.store.count, pictures: nil, original: original)
    }
    var rows = try NestedRows(name: name)
    for (index, file) in files.enumerated() {
      do throws(ColumnarError) {
        try opened[index].append(to: &rows, split: splits?[index])
      } catch {
        throw file.told(error)
      }
      if let problem = rows.problem { throw problem }
    }
    return try rows.finish(original: original)
  }

  /// Nil where a column is nested, or holds pictures.
  private static func columns(
    _ files: [SourceFile], _ opened: [ParquetFile], _ splits: [String]?
  ) throws(FormatError) -> ColumnarRows? {
    var parts: [ColumnarStore.Part] = []
    for (index, file) in files.enumerated() {
      let source = opened[index]
      do throws(ColumnarError) {
        guard source.isFlat, try source.pictureField() == nil else { return nil }
      } catch {
        throw file.told(error)
      }
      parts.append(
        ColumnarStore.Part(
          file: source, name: displayText(file.name), split: source.split(splits?[index]),
          classes: source.schema.fields.indices.map(source.classNames(ofField:))))
    }
    return ColumnarRows(parts, names: opened.map { $0.schema.fields.map(\.name) })
  }

  private static func open(_ file: SourceFile) throws(FormatError) -> ParquetFile {
    let mapped = try file.open()
    do throws(ColumnarError) {
      return try ParquetFile(mapped.bytes, owner: mapped)
    } catch {
      throw file.told(error)
    }
  }

  private static func copy(
    _ source: ParquetFile, _ name: String, _ share: ShardedOriginal.Share, to output: any ImportedOutput
  ) throws {
    let cells = try share.replacements(in: source.schema.fields.map(\.name), file: name) {
      source.classNames(ofField: $0)
    }
    let copy = try ParquetCopy(source, rows: share.rows, replacing: cells)
    try copy.write { bytes throws(ColumnarError) in
      do {
        try bytes.withUnsafeBytes { try output.append($0) }
      } catch {
        throw ColumnarError(.output, "\(error)")
      }
    }
  }
}

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
    var rows = try NestedRows(name: name)
    var counts: [Int] = []
    for (index, file) in files.enumerated() {
      let mapped = try file.open()
      do throws(ColumnarError) {
        let opened = try ParquetFile(mapped.bytes, owner: mapped)
        try opened.append(to: &rows, split: splits?[index])
        counts.append(opened.rowCount)
      } catch {
        throw FormatError(displayText(file.name), displayText(error.description))
      }
      if let problem = rows.problem { throw problem }
    }
    return try rows.finish(
      original: ShardedOriginal(files: files, counts: counts) { file, share, output in
        let mapped = try file.open()
        do {
          try Self.copy(ParquetFile(mapped.bytes, owner: mapped), file.name, share, to: output)
        } catch let error as ColumnarError {
          throw FormatError(displayText(file.name), displayText(error.description))
        }
      })
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

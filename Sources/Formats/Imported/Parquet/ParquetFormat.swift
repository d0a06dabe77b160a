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
    try Self.samples(files, listPictures: false)
  }

  /// - Parameter listPictures: whether they name pictures that lie beside them.
  static func samples(_ files: [SourceFile], listPictures: Bool) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var opened: [ParquetFile] = []
    for file in files { opened.append(try open(file)) }
    let original = ShardedOriginal(files: files, counts: opened.map(\.rowCount)) { file, share, output in
      do {
        try copy(try open(file), file.name, share, to: output)
      } catch let error as ColumnarError {
        throw file.told(error)
      }
    }
    let sources = files.indices.map { index in
      ColumnarLayout.Source(file: opened[index], origin: files[index], split: splits?[index])
    }
    return try ImportedSamples(sources, listPictures: listPictures, original: original)
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
      ClassNames(of: source.fields[$0], metadata: source.metadata(ClassNames.metadataName))
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

import Model

/// The formats that are read.
package enum DatasetFormats {
  /// In the order in which people are told of them.
  package static let all: [any DatasetFormat] = [
    DelimitedFormat.csv,
    DelimitedFormat.tsv,
    DelimitedFormat.psv,
    JSONLinesFormat(),
    JSONFormat(),
    NPYFormat(),
    NPZFormat(),
    CIFARFormat(),
    ParquetFormat(),
    ArrowFormat(),
    TarFormat(),
  ]

  /// Folders of files that are neither text nor arrays, in the order in which they are looked for.
  private static let imported: [any ImportedFormat] =
    all.compactMap { $0 as? any ImportedFormat } + [LabelledFolder.pictures, LabelledFolder.texts]

  /// What reads a folder that holds none of the files of the contract; nil where nothing does.
  static func importer(of folder: FolderListing, name: String, options: DatasetOptions) -> Importer? {
    let shards = ShardedRecords.found(in: folder, options: options).map { [$0] } ?? []
    for format in imported + shards {
      let files = format.files(of: folder)
      if !files.isEmpty {
        return Importer(format, files.map { SourceFile(found: $0, in: folder.folder) }, name: name)
      }
    }
    return nil
  }

  /// What is behind the ending of a format where the file is compressed.
  package static let compressedExtensions = ["gz", "zst", "zstd", "xz"]

  /// Names of files that say no more than that they hold text.
  private static let textExtensions = ["txt", "dat", "data", "text", "all-data"]

  /// What the names of files end in that may be read.
  package static let extensions = all.flatMap(\.extensions) + textExtensions + compressedExtensions

  /// The files of a folder that may hold its records.
  static let recordFiles = all.compactMap { format in
    (format as? any RecordFormat).map { (name: "data." + $0.fileExtension, format: $0) }
  }

  /// The same, and what each is called where it is compressed.
  static let recordFileNames = recordFiles.flatMap { file in
    ([""] + compressedExtensions.map { "." + $0 }).map { (name: file.name + $0, format: file.format) }
  }

  /// A file's name without what only says that it is compressed.
  package static func uncompressedName(_ name: String) -> String {
    let isCompressed = compressedExtensions.contains { name.lowercased().hasSuffix("." + $0) }
    return isCompressed ? name.split(separator: ".").dropLast().joined(separator: ".") : name
  }

  /// By the file's name, or by how it begins where the name does not tell.
  static func format(of path: String, name: String) throws(FormatError) -> any DatasetFormat {
    let plain = uncompressedName(name)
    let parts = plain.split(separator: ".")
    let ending = parts.last.map { $0.lowercased() } ?? ""
    if let format = all.first(where: { $0.extensions.contains(ending) }) {
      guard plain == name || format is any RecordFormat else {
        throw FormatError(path, "a compressed \(format.name) file is not read; unpack it first")
      }
      return format
    }
    // A compressed file whose name tells no format is looked into.
    guard textExtensions.contains(ending) || plain != name else {
      throw FormatError(path, refusal(of: name, ending))
    }
    let file = try MappedFile.content(path: path, name: name)
    return recordFiles.first { $0.format.claims(file.bytes) }?.format ?? DelimitedFormat.csv
  }

  /// Why a file is not read, and what can be done about it.
  private static func refusal(of name: String, _ ending: String) -> String {
    switch ending {
    case "zip", "bz2", "lz4", "7z": "is packed in a way that is not read; unpack it first"
    case "xlsx", "xls", "pkl", "pickle", "h5":
      "this format is not read; save it as CSV or JSON Lines"
    default:
      "not a folder and no \(listed(all.map { "." + $0.fileExtension })) file; other formats are not read yet"
    }
  }
}

import Model

/// The formats that are read.
package enum DatasetFormats {
  static let records: [any RecordFormat] = [
    DelimitedFormat.csv,
    DelimitedFormat.tsv,
    DelimitedFormat.psv,
    JSONLinesFormat(),
    JSONFormat(),
  ]
  private static let arrays: [any DatasetFormat] = [NPYFormat()]
  private static let bundles: [any BundleFormat] = [NPZFormat(), CIFARFormat()]
  private static let imported: [any DatasetFormat & ImportedFormat] = [
    ParquetFormat(),
    ArrowFormat(),
    TarFormat(),
  ]

  /// In the order in which people are told of them.
  package static let all: [any DatasetFormat] = records + arrays + bundles + imported

  /// Folders of files that are neither text nor arrays, in the order in which they are looked for.
  private static let folders: [any ImportedFormat] =
    imported + [LabelledFolder.pictures, LabelledFolder.texts]

  /// What a file is read by.
  enum Found {
    case records(any RecordFormat)
    case array(any DatasetFormat)
    case bundle(any BundleFormat)
    case imported(any ImportedFormat)
  }

  /// What reads a folder that holds none of the files of the contract; nil where nothing does.
  static func importer(of folder: FolderListing, name: String, options: DatasetOptions) -> Importer? {
    let shards = ShardedRecords.found(in: folder, options: options).map { [$0] } ?? []
    for format in folders + shards {
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
  static let recordFiles = records.map { (name: "data." + $0.fileExtension, format: $0) }

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
  static func format(of path: String, name: String) throws(FormatError) -> Found {
    let plain = uncompressedName(name)
    let parts = plain.split(separator: ".")
    let ending = parts.last.map { $0.lowercased() } ?? ""
    if let format = records.first(where: { $0.extensions.contains(ending) }) { return .records(format) }
    if let format = all.first(where: { $0.extensions.contains(ending) }), plain != name {
      throw FormatError(path, "a compressed \(format.name) file is not read; unpack it first")
    }
    if let format = arrays.first(where: { $0.extensions.contains(ending) }) { return .array(format) }
    if let format = bundles.first(where: { $0.extensions.contains(ending) }) { return .bundle(format) }
    if let format = imported.first(where: { $0.extensions.contains(ending) }) { return .imported(format) }
    // A compressed file whose name tells no format is looked into.
    guard textExtensions.contains(ending) || plain != name else {
      throw FormatError(path, refusal(of: name, ending))
    }
    let file = try MappedFile.content(path: path, name: name)
    return .records(records.first { $0.claims(file.bytes) } ?? DelimitedFormat.csv)
  }

  /// - Parameter path: of a file whose name says that it is a bundle, or of a folder that holds batches.
  static func bundle(at path: String, name: String) throws(FormatError) -> any ArrayBundle {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let format = bundles.first { $0.extensions.contains(ending) } ?? CIFARFormat()
    return try format.bundle(at: path, name: name)
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

import Model

/// A file of a dataset and how the samples lie in it: what it takes to write some of them out again, byte for byte.
package struct StoredFile {
  package enum Layout {
    /// dataset.json.
    case description(StoredDescription)
    case records(StoredRecords)
    /// An array with one entry a sample along `axis`.
    case array(NPYArray, axis: Int)
    /// Files of a format of their own, for so many samples.
    case imported(any ImportedOriginal, count: Int, labelColumn: String?, textColumn: String?)
  }
  /// Its name within the folder; the file's own name where the dataset is one file.
  package let name: String
  /// What it is to the dataset: "records" or a name of the contract, such as "features.npy", whatever it is called.
  package let role: String
  /// Whether it is an array of a bundle, which a copy holds as a file of its own.
  package var isUnpacked = false
  /// The samples that it holds, where it is one of several files of records; nil where it has all.
  package var rows: Range<Int>?
  package let layout: Layout

  package var isImported: Bool { if case .imported = layout { true } else { false } }

  /// The number of samples that it holds; nil for dataset.json.
  package var count: Int? {
    switch layout {
    case .description: nil
    case .records(let records): records.places.count
    case .array(let array, let axis): array.shape[axis]
    case .imported(_, let count, _, _): count
    }
  }
}

extension DatasetLoader {
  /// The files of the dataset itself, in the order of their names; arrays that options put in place of the folder's
  /// are no part of it.
  /// - Parameter options: how the records are written; lines that are skipped belong to no sample.
  package static func storedFiles(_ path: String, options: DatasetOptions) throws(FormatError) -> [StoredFile]
  {
    var own = options
    own.featuresPath = nil
    own.probabilitiesPath = nil
    let files = try DatasetFiles(path, options: own)
    var stored: [StoredFile] = []
    if let importer = files.importer { stored += try storedFiles(importer, files, own) }
    for (role, path) in files.paths.sorted(by: { $0.key < $1.key })
    where !role.hasPrefix(DatasetFiles.filePrefix) {
      stored.append(
        StoredFile(
          name: MemberPath.parts(of: path) == nil ? DatasetParts.shortName(path) : role, role: role,
          isUnpacked: MemberPath.parts(of: path) != nil, layout: try layout(role, path, files, own)))
    }
    if let pictures = try listedPictures(path, files, own) { stored.append(pictures) }
    return stored
  }

  private static func storedFiles(
    _ importer: Importer, _ files: DatasetFiles, _ options: DatasetOptions
  ) throws(FormatError) -> [StoredFile] {
    let samples = try importer.samples()
    var roles = DatasetOptions()
    if let scan = try files.records("records", options: options)?.whole() {
      roles = try ColumnRoles(scan, options: options).named(scan.columns)
    }
    return try samples.original.stored(files.name, count: samples.count, roles: roles)
  }

  /// Pictures beneath a folder that a column of its records names.
  private static func listedPictures(
    _ path: String, _ files: DatasetFiles, _ options: DatasetOptions
  ) throws(FormatError) -> StoredFile? {
    // A folder with a file a sample writes them itself.
    guard files.folder == path, files.importer?.format.isFileEach != true,
      let scan = try files.records("records", options: options)?.whole(),
      let column = try ColumnRoles(scan, options: options).image
    else { return nil }
    let table = try RecordTable.read(scan, options: options)
    let reader = RecordReader(scan, table.judged, offsets: table.offsets)
    let imported = try files.importer?.samples().pictures
    guard
      let pictures = files.pictures(reader, column: column, count: table.count, imported: imported),
      case .files(let listed) = pictures.storage
    else { return nil }
    return StoredFile(
      name: "pictures", role: "pictures",
      layout: .imported(ListedPictures(listed), count: table.count, labelColumn: nil, textColumn: nil))
  }

  private static func layout(
    _ role: String, _ path: String, _ files: DatasetFiles, _ options: DatasetOptions
  ) throws(FormatError) -> StoredFile.Layout {
    let name = MemberPath.parts(of: path)?.member ?? DatasetParts.shortName(path)
    if role == "dataset.json" { return .description(try StoredDescription(path: path, name: name)) }
    if let scan = try files.records(role, options: options)?.whole() {
      return .records(
        StoredRecords(scan, places: try scan.located(), options: files.options(options, for: role)))
    }
    let array = try NPYArray.map(path, name: name)
    let axis = role == "training_dynamics.npy" ? 1 : 0
    guard array.shape.count > axis else {
      throw FormatError(name, "has the shape \(array.shape); has no samples")
    }
    return .array(array, axis: axis)
  }
}

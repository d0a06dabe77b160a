import Model

/// Files of records that are one dataset together, as large ones are cut up and as splits lie side by side:
/// `train-00000-of-00003.jsonl.gz`, `part-0001.csv`, `train.csv` and `test.csv`. Each keeps its own form: a copy has the same
/// files, written by what reads a single one.
///
/// So are lists of pictures, `train/metadata.csv` and `test/metadata.csv`, whose names are relative to their folders.
struct ShardedRecords: ImportedFormat {
  let format: any RecordFormat
  private let options: DatasetOptions
  /// Whether they name pictures that lie beside them.
  private let listPictures: Bool

  var name: String { format.name + " in several files" }

  /// - Parameter options: how the files are written.
  init(_ format: any RecordFormat, options: DatasetOptions, listPictures: Bool = false) {
    self.format = format
    self.options = options
    self.listPictures = listPictures
  }

  /// What reads a folder whose splits have a list of their pictures each; nil where it is another.
  static func pictureLists(in folder: FolderListing, name: String, options: DatasetOptions) -> Importer? {
    guard !LabelledFolder.pictures.files(of: folder).isEmpty else { return nil }
    for file in DatasetFormats.recordFiles {
      let format = ShardedRecords(file.format, options: options, listPictures: true)
      let lists = format.files(of: folder)
      if !lists.isEmpty {
        return Importer(format, lists.map { SourceFile(found: $0, in: folder.folder) }, name: name)
      }
    }
    return nil
  }

  /// What reads a folder that holds such files; of several formats that of the most files.
  static func found(in folder: FolderListing, options: DatasetOptions) -> ShardedRecords? {
    let formats = DatasetFormats.recordFiles.map { ShardedRecords($0.format, options: options) }
    let counted = formats.map { (format: $0, count: $0.files(of: folder).count) }
    return counted.filter { $0.count > 0 }.max { $0.count < $1.count }?.format
  }

  func files(of folder: FolderListing) -> [String] {
    guard !listPictures else {
      return folder.files.filter {
        Shards.isInFolderOfSplit($0, called: "metadata." + format.fileExtension)
      }
    }
    return folder.files.filter { file in
      let parts = DatasetFormats.uncompressedName(file).lowercased().split(separator: ".")
      guard parts.count > 1, let ending = parts.last, format.extensions.contains(String(ending)) else {
        return false
      }
      return Shards.isPart(file)
    }
  }

  func unread(of folder: FolderListing) -> [String] {
    let read = Set(files(of: folder) + (listPictures ? LabelledFolder.pictures.files(of: folder) : []))
    return folder.files.filter { !read.contains($0) }
  }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    let splits = Shards.splits(of: files.map(\.name))
    var writer = try JSONLineWriter(name: name)
    var counts: [Int] = []
    var places: [UInt64] = []
    var parts: [RecordIndex.Part] = []
    var base = 0
    for (file, scan) in zip(files, try scans(files)) {
      let split = splits.map { $0[counts.count] }
      guard scan.rows.separation != nil else {
        throw FormatError(
          displayText(file.name), "is one object for all rows, which cannot be one of several files")
      }
      let part = RecordIndex.Part(
        table: scan.rows.dialect?.indexed, columns: scan.columns,
        split: scan.columns.contains(Shards.splitColumn) ? nil : split, size: scan.rows.bytes.count)
      let rows = ShardRows(part, folder: listPictures ? file.folderName : nil)
      let before = places.count
      try scan.forEachRow { _, record throws(FormatError) in
        places.append(UInt64(base + record.bytes.lowerBound))
        let own = UnsafeRawBufferPointer(rebasing: scan.rows.bytes[record.bytes.lowerBound..<record.end])
        try writer.append { rows.append(record, of: own, to: &$0) }
      }
      counts.append(places.count - before)
      parts.append(part)
      base += part.size
    }
    let count = places.count
    return ImportedSamples(
      rows: .lines(try writer.finish()), count: count, pictures: nil,
      notes: ["\(counted(files.count, "file is", "files are")) read as one: \(Self.listed(files))"],
      places: SamplePlaces(parts, Column(places + [UInt64(base)])),
      original: ShardedFiles(shards: files, counts: counts, format: self))
  }

  func located(_ files: [SourceFile], _ places: SamplePlaces) -> (any LocatedSamples)? {
    guard files.count == places.parts.count else { return nil }
    return LocatedShards(files, places, encoding: options.encoding, listPictures: listPictures)
  }

  /// The files looked at; all are written as the first is.
  private func scans(_ files: [SourceFile]) throws(FormatError) -> [RecordScan] {
    var scans: [RecordScan] = []
    for file in files { scans.append(try scan(file, like: scans.first)) }
    return scans
  }

  func scan(_ file: SourceFile, like first: RecordScan?) throws(FormatError) -> RecordScan {
    var options = options
    if let dialect = first?.rows.dialect {
      options.delimiter = options.delimiter ?? dialect.delimiterName
      options.quote = options.quote ?? (dialect.quote == nil ? "none" : nil)
      options.hasHeader = options.hasHeader ?? first?.rows.hasHeader
    }
    return try RecordScan(
      path: try file.path(), name: displayText(file.name), format: format, options: options
    ).whole()
  }

  private static func listed(_ files: [SourceFile]) -> String {
    files.prefix(4).map { displayText($0.name) }.joined(separator: ", ") + (files.count > 4 ? ", …" : "")
  }

  /// The records of each file, whose columns play the roles that they play in all of them together.
  func stored(_ sharded: ShardedFiles, roles: DatasetOptions) throws(FormatError) -> [StoredFile] {
    var stored: [StoredFile] = []
    var first: RecordScan?
    var start = 0
    for (file, count) in zip(sharded.shards, sharded.counts) {
      let scan = try scan(file, like: first)
      first = first ?? scan
      let options = options.withRoles(of: roles, among: scan.columns)
      stored.append(
        StoredFile(
          name: file.name, role: "records", rows: start..<start + count,
          layout: .records(StoredRecords(scan, places: try scan.located(), options: options))))
      start += count
    }
    return stored
  }
}

/// The files that the samples lie in, each with some of them: they are copied as files of records are.
struct ShardedFiles: ImportedSources {
  let shards: [SourceFile]
  let counts: [Int]
  let format: ShardedRecords

  func stored(_ name: String, count: Int, roles: DatasetOptions) throws(FormatError) -> [StoredFile] {
    try format.stored(self, roles: roles)
  }
}

import Model

/// Reads a dataset: a folder with the files of the contract, or one file of a format in `DatasetFormats`. Nothing is
/// written.
package enum DatasetLoader {
  /// Changes when any file that `load` would read was touched; cheap, nothing is read.
  package static func fingerprint(_ path: String, options: DatasetOptions) throws(FormatError) -> String {
    try DatasetFiles(path, options: options).fingerprint()
  }

  /// SHA-256 over all files that `load` would read; they are read through.
  package static func digest(_ path: String, options: DatasetOptions) throws(FormatError) -> Digest {
    try DatasetFiles(path, options: options).digest()
  }

  /// - Parameter progress: told 0...1.
  /// - Throws: `FormatError` with one line that says file, place, what was expected and what was found.
  package static func load(
    _ path: String, options: DatasetOptions, progress: @Sendable (Double) -> Void
  ) throws(FormatError) -> Dataset {
    let files = try DatasetFiles(path, options: options)
    let description = try files.path("dataset.json").map { path throws(FormatError) in
      try DatasetDescription.read(path: path)
    }
    var parts = try DatasetParts(
      files: files, description: description, options: options, progress: { progress(0.7 * $0) })
    progress(0.7)
    let dataset = try parts.assemble()
    progress(1)
    return dataset
  }

  /// The payloads of a dataset whose scan is at hand: nothing is read but what is shown.
  /// - Parameters:
  ///   - recordOffsets: where the records lie in the text, from the case; nil for datasets without a record file.
  ///   - index: of these records, from the case; nil has them looked at again.
  ///   - labelName: the given label of each row, as it enters the content digest.
  package static func openPayloads(
    _ path: String, options: DatasetOptions, recordOffsets: Column<UInt64>?, index: RecordIndex? = nil,
    labelName: @escaping @Sendable (Int) -> String
  ) throws(FormatError) -> any PayloadSource {
    let files = try DatasetFiles(path, options: options)
    let images = try files.path("images.npy").map { path throws(FormatError) in
      try ImageArray(NPYArray.map(path, name: "images.npy")).stack
    }
    var opened = OpenedRecords()
    // Imported samples may have no places, and after a touch of their files no index.
    if recordOffsets != nil || index != nil || files.importer != nil {
      opened = try OpenedRecords(files, options, index, recordOffsets ?? [])
    }
    let features = try files.path("features.npy").map { path throws(FormatError) in
      try NPYArray.map(path, name: "features.npy").matrix()
    }
    return SampleContents(
      store: SampleContents.store(
        pictures: opened.pictures, images: images, records: opened.reader, features: features),
      labelName: labelName)
  }
}

/// The records of a dataset whose scan is at hand, and the pictures that lie beside them or that they name.
private struct OpenedRecords {
  private(set) var reader: RecordReader?
  private(set) var pictures: EncodedPictures?

  init() {}

  /// - Parameter index: nil has the records looked at again.
  init(
    _ files: DatasetFiles, _ options: DatasetOptions, _ index: RecordIndex?, _ offsets: Column<UInt64>
  ) throws(FormatError) {
    if let index, index.isSound, let importer = files.importer, let parts = index.parts,
      let located = importer.format.located(importer.files, SamplePlaces(parts, offsets))
    {
      let reader = RecordReader(located, index, name: files.name)
      self.reader = reader
      pictures = files.pictures(
        reader, column: index.image, count: located.count,
        imported: located.havePictures ? EncodedPictures(located: located) : nil)
      return
    }
    // Places of imported samples are none of the lines that they are imported as.
    let areLocated = index?.parts != nil
    var image: Int?
    if let index, !areLocated, let scan = try files.records("records", index: index, options: options) {
      reader = RecordReader(scan, JudgedContent(index), offsets: offsets)
      image = index.image
    } else if let scan = try files.records("records", options: options) {
      try look(at: scan, files, options, offsets, &image)
    }
    pictures = files.pictures(
      reader, column: image, count: reader?.count ?? max(0, offsets.count - 1),
      imported: try files.importer?.samples().pictures)
  }

  private mutating func look(
    at scan: RecordScan, _ files: DatasetFiles, _ options: DatasetOptions, _ offsets: Column<UInt64>,
    _ image: inout Int?
  ) throws(FormatError) {
    if files.importer == nil || scan.rows.decoded != nil {
      let scan = try scan.whole()
      let roles = try ColumnRoles(scan, options: options)
      reader = RecordReader(scan, JudgedContent(roles, names: scan.columns), offsets: offsets)
      image = roles.image
      return
    }
    // Their places in the lines that they were imported as are those of this import.
    let table = try RecordTable.read(scan, options: options)
    reader = RecordReader(table.scan, table.judged, offsets: table.offsets)
    image = table.roles.image
  }
}

extension SampleContents {
  /// What a person looks at: the picture if there is one, else the record, else the numbers.
  static func store(
    pictures: EncodedPictures?, images: ImageStack?, records: RecordReader?, features: Matrix?
  ) -> Store {
    if let pictures { return .pictures(DecodedPictures(pictures)) }
    if let images { return .images(images) }
    if let records { return .records(records) }
    if let features { return .features(features) }
    return .nothing
  }
}

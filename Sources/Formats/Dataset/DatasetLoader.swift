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
    var reader: RecordReader?
    var pictures: EncodedPictures?
    if recordOffsets != nil || index != nil {
      let offsets = recordOffsets ?? []
      var image: Int?
      (reader, image) = try openRecords(files, options, index, offsets)
      pictures = try files.pictures(reader, column: image, count: reader?.count ?? max(0, offsets.count - 1))
    }
    let features = try files.path("features.npy").map { path throws(FormatError) in
      try NPYArray.map(path, name: "features.npy").matrix()
    }
    return SampleContents(
      store: SampleContents.store(pictures: pictures, images: images, records: reader, features: features),
      labelName: labelName)
  }

  /// - Returns: with the column of pictures.
  private static func openRecords(
    _ files: DatasetFiles, _ options: DatasetOptions, _ index: RecordIndex?, _ offsets: Column<UInt64>
  ) throws(FormatError) -> (RecordReader?, image: Int?) {
    if let index, let scan = try files.records("records", index: index, options: options) {
      return (RecordReader(scan, JudgedContent(index), offsets: offsets), index.image)
    }
    guard let scan = try files.records("records", options: options)?.whole() else { return (nil, nil) }
    let roles = try ColumnRoles(scan, options: options)
    return (RecordReader(scan, JudgedContent(roles, names: scan.columns), offsets: offsets), roles.image)
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

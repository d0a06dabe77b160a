import Model

/// Everything that the files of a dataset hold, read and checked one by one, before they are put together.
struct DatasetParts {
  let files: DatasetFiles
  let description: DatasetDescription?
  /// Classes in order, where a file names them.
  let namedClasses: [String]?
  private(set) var table: RecordTable?
  private(set) var metadata: RecordTable?
  private(set) var features: Matrix?
  private(set) var probabilities: ProbabilityReading?
  private(set) var dynamics: TrainingDynamics?
  private(set) var images: ImageStack?
  private(set) var pictures: EncodedPictures?
  private(set) var unreadableRows: [Int] = []
  private(set) var scaling: [Float]?
  private(set) var labels: LabelReading?
  let reader: RecordReader?
  let count: Int
  var notes: [String] = []
  var reading = Reading()

  init(
    files: DatasetFiles, description: DatasetDescription?, options: DatasetOptions,
    progress: (Double) -> Void
  ) throws(FormatError) {
    self.files = files
    self.description = description
    namedClasses = description?.classes ?? (files.classes.isEmpty ? nil : files.classes)
    notes = files.notes + (try files.importer?.samples().notes ?? [])
    var arrays = ArrayFiles(files)
    // What the headers of the arrays claim is held against what a machine can hold before any of it is read.
    try arrays.check()
    table = try Self.records(files, options)
    metadata = try files.records("metadata.csv", options: options).map { scan throws(FormatError) in
      try RecordTable.read(scan, options: options.forMetadata)
    }
    for read in [table, metadata] {
      notes += read?.notes ?? []
      reading.files += read.map { [$0.part] } ?? []
    }
    reader = table.map { RecordReader($0.scan, $0.judged, offsets: $0.offsets) }
    count = try RowCounts.agreed(
      files: files, arrays: arrays, table: table, metadata: metadata, described: description?.count)
    try readContent(&arrays, options, progress)
    try readLabels(&arrays, MissingMarkers(options))
    if let given = try arrays.take("pred_probs.npy", "class probabilities")?.matrix() {
      probabilities = try ProbabilityReading(given, labels: &labels)
    }
    dynamics = try arrays.take("training_dynamics.npy", "outputs after each epoch").map {
      array throws(FormatError) in try array.dynamics()
    }
    notes += arrays.notes
    reading.arrays = arrays.parts
  }

  private static func records(
    _ files: DatasetFiles, _ options: DatasetOptions
  ) throws(FormatError) -> RecordTable? {
    guard let scan = try files.records("records", options: options) else { return nil }
    let table = try RecordTable.read(scan, options: options, naming: try files.areNamedByRecords)
    // Pictures without labels are content too.
    let hasPictures = try files.importer?.samples().pictures != nil
    guard table.hasContent || hasPictures else {
      throw FormatError(
        scan.name,
        "columns not recognised: needs a label, a text or feature columns; there are "
          + (scan.columns.prefix(20).map { displayText($0) } + scan.rows.notes).joined(separator: ", "))
    }
    return table
  }

  /// Embedding and pictures.
  private mutating func readContent(
    _ arrays: inout ArrayFiles, _ options: DatasetOptions, _ progress: (Double) -> Void
  ) throws(FormatError) {
    features = try arrays.take("features.npy", "features")?.features()
    if let array = try arrays.take("images.npy", "images") {
      let read = try ImageArray(array)
      images = read.stack
      if let note = read.note { notes.append(note) }
    }
    try readPictures(options, progress)
    guard let embedding = table?.embedding else { return }
    if features == nil {
      features = embedding
    } else {
      reading.unread.append(
        "the column of lists of \(Self.shortName(files.path("records") ?? "")): features.npy is there")
    }
  }

  private mutating func readPictures(
    _ options: DatasetOptions, _ progress: (Double) -> Void
  ) throws(FormatError) {
    let column = table?.roles.image
    let imported = try files.importer?.samples().pictures
    if images == nil,
      let found = files.pictures(reader, column: column, count: count, imported: imported),
      let read = try PictureReading(found, options: options, progress: progress)
    {
      pictures = found
      images = read.images
      scaling = read.scaling
      unreadableRows = read.problems.keys.sorted()
      reading.comparedSize = [read.images.shape.height, read.images.shape.width]
      notes += read.notes
    } else if let table, let column {
      let name = displayText(table.scan.columns[column])
      let why =
        images == nil
        ? "cannot be read as pictures in \(files.folder)" : "are not opened: images.npy is there"
      notes.append("\(table.scan.name): column '\(name)' names files, which \(why)")
    }
  }

  private mutating func readLabels(
    _ arrays: inout ArrayFiles, _ markers: MissingMarkers
  ) throws(FormatError) {
    let array = try arrays.take("labels.npy", "labels").map { array throws(FormatError) in
      try GivenLabels(array, markers: markers, classes: namedClasses)
    }
    let column = Self.labelColumn(table, markers: markers, description)
    let other = Self.labelColumn(metadata, markers: markers, description)
    labels = try LabelReading.found(
      array: array, column: column ?? other, description: namedClasses,
      areClasses: files.path("pred_probs.npy") != nil)
    if let column, let other { notes.append(try LabelReading.check(other, against: column)) }
    if column == nil, array == nil, let other { notes.append("the labels are those of \(other.from)") }
    if labels?.isContinuous == true, let column = table?.roles.label, !reading.files.isEmpty,
      column < reading.files[0].columns.count
    {
      reading.files[0].columns[column].role = nil
      reading.files[0].columns[column].why = "a continuous target"
    }
  }

  private static func labelColumn(
    _ table: RecordTable?, markers: MissingMarkers, _ description: DatasetDescription?
  ) -> GivenLabels? {
    guard let table, let labels = table.labels, let column = table.roles.label else { return nil }
    return GivenLabels(
      labels, from: "\(table.scan.name): column '\(displayText(table.scan.columns[column]))'",
      file: table.scan.name, markers: markers, classes: description?.classes)
  }

  static func shortName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

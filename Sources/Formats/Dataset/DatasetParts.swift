import Model

/// Everything that the files of a dataset hold, read and checked one by one, before they are put together.
struct DatasetParts {
  private let files: DatasetFiles
  private let description: DatasetDescription?
  /// Classes in order, where a file names them.
  private let namedClasses: [String]?
  private var table: RecordTable?
  private var metadata: RecordTable?
  private var features: Matrix?
  private var probabilities: ProbabilityReading?
  private var dynamics: TrainingDynamics?
  private var images: ImageStack?
  private var pictures: EncodedPictures?
  private var unreadableRows: [Int] = []
  private var scaling: [Float]?
  private var labels: LabelReading?
  private let reader: RecordReader?
  private let count: Int
  private var notes: [String] = []
  private var reading = Reading()

  init(
    files: DatasetFiles, description: DatasetDescription?, options: DatasetOptions,
    progress: (Double) -> Void
  ) throws(FormatError) {
    self.files = files
    self.description = description
    namedClasses = description?.classes ?? (files.classes.isEmpty ? nil : files.classes)
    notes = files.notes + (try files.importer?.samples().notes ?? [])
    let markers = MissingMarkers(options)
    var arrays = ArrayFiles(files)
    // What the headers of the arrays claim is held against what a machine can hold before any of it is read.
    try arrays.check()
    if let scan = try files.records("records", options: options) {
      let table = try RecordTable.read(scan, options: options, naming: try files.areNamedByRecords)
      // Pictures without labels are content too.
      let hasPictures = try files.importer?.samples().pictures != nil
      guard table.hasContent || hasPictures else {
        throw FormatError(
          scan.name,
          "columns not recognised: needs a label, a text or feature columns; there are "
            + (scan.columns.prefix(20).map { displayText($0) } + scan.rows.notes).joined(
              separator: ", "))
      }
      reader = RecordReader(table.scan, table.judged, offsets: table.offsets)
      self.table = table
      notes += table.notes
      reading.files.append(table.part)
    } else {
      reader = nil
    }
    if let scan = try files.records("metadata.csv", options: options) {
      let read = try RecordTable.read(scan, options: options.forMetadata)
      metadata = read
      notes += read.notes
      reading.files.append(read.part)
    }
    count = try RowCounts.agreed(
      files: files, arrays: arrays, table: table, metadata: metadata, described: description?.count)
    features = try arrays.take("features.npy", "features")?.features()
    if let array = try arrays.take("images.npy", "images") {
      let read = try ImageArray(array)
      images = read.stack
      if let note = read.note { notes.append(note) }
    }
    try readPictures(options, progress)
    if features == nil, let embedding = table?.embedding {
      features = embedding
    } else if table?.embedding != nil {
      reading.unread.append(
        "the column of lists of \(Self.shortName(files.path("records") ?? "")): features.npy is there")
    }
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
    if let given = try arrays.take("pred_probs.npy", "class probabilities")?.matrix() {
      probabilities = try ProbabilityReading(given, labels: &labels)
    }
    dynamics = try arrays.take("training_dynamics.npy", "outputs after each epoch").map {
      array throws(FormatError) in try array.dynamics()
    }
    notes += arrays.notes
    reading.arrays = arrays.parts
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

  static func shortName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func labelColumn(
    _ table: RecordTable?, markers: MissingMarkers, _ description: DatasetDescription?
  ) -> GivenLabels? {
    guard let table, let labels = table.labels, let column = table.roles.label else { return nil }
    return GivenLabels(
      labels, from: "\(table.scan.name): column '\(displayText(table.scan.columns[column]))'",
      file: table.scan.name, markers: markers, classes: description?.classes)
  }

  /// The dataset, now that all parts agree on the number of samples.
  mutating func assemble() throws(FormatError) -> Dataset {
    let classes = labels?.classes ?? namedClasses ?? []
    let codes = labels?.codes ?? []
    let labelName: @Sendable (Int) -> String = { row in
      row < codes.count && codes[row] >= 0 ? classes[Int(codes[row])] : ""
    }
    let payloads = SampleContents(
      store: SampleContents.store(pictures: pictures, images: images, records: reader, features: features),
      texts: table?.texts, labelName: labelName)
    let ids = try identifiers(payloads)
    pictures?.forgetPages()
    notes += (labels?.notes ?? []) + (probabilities?.notes ?? [])
    noteUnusableRows()
    let compared = table?.texts.map(ComparedTexts.init)
    if let note = compared?.note { notes.append(note) }
    reading.labels = labels?.part
    reading.probabilities = probabilities?.sentence
    reading.unread += files.unread.map { "\($0): no file of a dataset" }
    reading.overrides = Reading.options(for: reading, hasTable: table != nil)
    var dataset = Dataset(
      name: description?.name ?? files.name, modality: modality(), count: count, classes: classes,
      labels: codes, ids: ids, payloads: payloads, digest: try files.digest())
    dataset.features = features
    dataset.probabilities = probabilities?.matrix
    dataset.trainingDynamics = dynamics
    dataset.images = images
    dataset.unreadableRows = unreadableRows
    dataset.texts = compared?.texts
    dataset.table = table?.features ?? []
    dataset.sources = metadata?.sources ?? table?.sources
    dataset.scaling = scaling.map { Column($0) }
    dataset.splits = table?.splits ?? metadata?.splits
    dataset.times = metadata?.times ?? table?.times
    let places = try files.importer?.samples().places
    dataset.records = table.map { table in
      var records = RecordFile(
        path: files.path("records") ?? "", headerBytes: 0..<(table.offsets.first ?? 0),
        offsets: places?.places ?? table.offsets)
      records.index = table.index
      records.index?.parts = places?.parts
      return records
    }
    dataset.notes = notes
    dataset.reading = reading
    return dataset
  }

  private func modality() -> Modality {
    if let modality = description?.modality { return modality }
    if images != nil { return .image }
    if table?.texts != nil { return .text }
    return table?.features.isEmpty ?? true ? .embedding : .tabular
  }

  private mutating func identifiers(_ payloads: SampleContents) throws(FormatError) -> StringColumn {
    if let own = table?.ids, let other = metadata?.ids, !own.elementsEqual(other) {
      throw FormatError("metadata.csv", "its ids are not those of the records, row for row")
    }
    guard let given = table?.ids ?? metadata?.ids else {
      reading.ids = "derived"
      return IdentifierReading(derivedFrom: payloads, count: count, known: table?.contents ?? []).ids
    }
    let identifiers = IdentifierReading(given: given, contents: payloads)
    reading.ids = identifiers.renamed == 0 ? "given" : "given, not unique"
    reading.renamedIDs = identifiers.renamed
    if let note = identifiers.note { notes.append(note) }
    return identifiers.ids
  }

  private mutating func noteUnusableRows() {
    guard let features, features.rows > 0 else { return }
    var bad: [Int] = []
    var badCount = 0
    let first = features.row(0)
    var isConstant = true
    var row = 0
    features.forEachRow { values in
      if !values.allSatisfy(\.isFinite) {
        badCount += 1
        if bad.count < 11 { bad.append(row) }
      }
      isConstant = isConstant && values.elementsEqual(first)
      row += 1
    }
    let file = files.path("features.npy") == nil ? "embedding" : "features.npy"
    if badCount > 0 { notes.append("\(file): \(badCount) rows are not finite (\(rowList(bad)))") }
    if isConstant, features.rows > 1 { notes.append("\(file): all rows are equal: zero variance") }
  }
}

/// "rows 2, 5, 6", of many the first ten.
func rowList(_ rows: some Collection<Int>) -> String {
  "rows " + rows.prefix(10).map(String.init).joined(separator: ", ") + (rows.count > 10 ? ", …" : "")
}

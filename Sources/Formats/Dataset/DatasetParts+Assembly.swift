import Model

extension DatasetParts {
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
    if badCount > 0 {
      notes.append("\(file): \(counted(badCount, "row is", "rows are")) not finite (\(rowList(bad)))")
    }
    if isConstant, features.rows > 1 { notes.append("\(file): all rows are equal: zero variance") }
  }
}

/// "rows 2, 5, 6", of many the first ten.
func rowList(_ rows: some Collection<Int>) -> String {
  "rows " + rows.prefix(10).map(String.init).joined(separator: ", ") + (rows.count > 10 ? ", …" : "")
}

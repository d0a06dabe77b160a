import Model

/// Everything that the files of a dataset hold, read and checked one by one, before they are put together.
struct DatasetParts {
  private let files: DatasetFiles
  private let description: DatasetDescription?
  private var table: RecordTable?
  private var metadata: RecordTable?
  private var features: Matrix?
  private var probabilities: Matrix?
  private var dynamics: TrainingDynamics?
  private var images: ImageStack?
  private var labels: LabelReading?
  private let reader: RecordReader?
  private var notes: [String] = []

  init(files: DatasetFiles, description: DatasetDescription?, options: DatasetOptions) throws(FormatError) {
    self.files = files
    self.description = description
    if let path = files.path("records"), let format = files.recordFormat {
      let name = Self.shortName(path)
      let table = try RecordTable.read(path: path, name: name, format: format, options: options)
      guard table.hasContent else {
        throw FormatError(name, "columns not recognised: needs a label, a text or feature columns")
      }
      let scan = try RecordScan(path: path, name: name, format: format)
      let roles = try ColumnRoles(columns: scan.columns, options: options, file: name)
      reader = RecordReader(
        file: scan.file, format: format, columns: scan.columns, offsets: table.records.offsets,
        textColumn: roles.text.map { scan.columns[$0] })
      self.table = table
      notes += table.notes
    } else {
      reader = nil
    }
    if let path = files.path("metadata.csv") {
      metadata = try RecordTable.read(
        path: path, name: "metadata.csv", format: .csv, options: options.forMetadata)
      notes += metadata?.notes ?? []
    }
    features = try array("features.npy")?.matrix()
    images = try array("images.npy").map { array throws(FormatError) in try Self.images(array) }
    if let array = try array("labels.npy") {
      labels = try LabelReading.numbers(array, classes: description?.classes)
    } else if let names = table?.labels {
      labels = try LabelReading.names(
        names, classes: description?.classes, file: Self.shortName(files.path("records") ?? ""))
    }
    probabilities = try array("pred_probs.npy")?.matrix()
    dynamics = try array("training_dynamics.npy").map { array throws(FormatError) in try Self.dynamics(array)
    }
  }

  private mutating func array(_ role: String) throws(FormatError) -> NPYArray? {
    guard let path = files.path(role) else { return nil }
    let array = try NPYArray.map(path, name: role)
    if array.trailingBytes > 0 { notes.append("\(role): \(array.trailingBytes) bytes follow the array") }
    return array
  }

  static func shortName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  static func images(_ array: NPYArray) throws(FormatError) -> ImageStack {
    let shape = array.shape
    guard array.header.scalar == .unsigned(bytes: 1) else {
      throw FormatError(array.name, "dtype '\(array.header.descr)', expected '|u1'")
    }
    guard shape.count == 3 || (shape.count == 4 && (shape[3] == 1 || shape[3] == 3)) else {
      throw FormatError(array.name, "has the shape \(shape); needs [N, H, W] or [N, H, W, 3]")
    }
    let size = ImageShape(height: shape[1], width: shape[2], channels: shape.count == 4 ? shape[3] : 1)
    guard size.height > 0, size.width > 0, size.height * size.width <= 64 << 20 else {
      throw FormatError(array.name, "images of \(size.height) x \(size.width) pixels are not read")
    }
    return ImageStack(shape: size, pixels: try array.bytesInCOrder())
  }

  private static func dynamics(_ array: NPYArray) throws(FormatError) -> TrainingDynamics {
    let shape = array.shape
    guard shape.count == 3 else {
      throw FormatError(array.name, "has the shape \(shape); needs [epochs, N, K]")
    }
    let rows = NPYRows(array: array, leading: shape[0], rows: shape[0] * shape[1], columns: shape[2])
    return TrainingDynamics(epochs: shape[0], values: Matrix(rows))
  }

  /// The dataset, once all parts agree on the number of samples.
  mutating func assemble(digest: Digest) throws(FormatError) -> Dataset {
    let count = try agreedCount()
    let classes = labels?.classes ?? description?.classes ?? []
    let codes = labels?.codes ?? []
    let labelName: @Sendable (Int) -> String = { row in
      row < codes.count && codes[row] >= 0 ? classes[Int(codes[row])] : ""
    }
    let payloads = SampleContents(
      store: SampleContents.store(images: images, records: reader, features: features), labelName: labelName)
    var dataset = Dataset(
      name: description?.name ?? files.name, modality: modality(), count: count, classes: classes,
      labels: codes, ids: try identifiers(count: count, payloads: payloads), payloads: payloads,
      digest: digest)
    dataset.features = features
    dataset.probabilities = try checkedProbabilities(classes: classes.count)
    dataset.trainingDynamics = dynamics
    dataset.images = images
    dataset.texts = table?.texts
    dataset.table = table?.features ?? []
    dataset.sources = metadata?.sources ?? table?.sources
    dataset.times = metadata?.times ?? table?.times
    dataset.records = table?.records
    try noteUnusableRows()
    dataset.notes = notes
    return dataset
  }

  private func agreedCount() throws(FormatError) -> Int {
    let counts: [(String, Int?)] = [
      (table.map { Self.shortName($0.records.path) } ?? "", table?.count),
      ("features.npy", features?.rows), ("images.npy", images?.count),
      ("labels.npy", table?.labels == nil ? labels?.codes.count : nil),
      ("pred_probs.npy", probabilities?.rows), ("metadata.csv", metadata?.count),
      ("training_dynamics.npy", dynamics.map { $0.epochs > 0 ? $0.values.rows / $0.epochs : 0 }),
      ("dataset.json (n)", description?.count),
    ]
    let there = counts.compactMap { name, count in count.map { (name, $0) } }
    guard let (first, count) = there.first(where: { $0.0 != "dataset.json (n)" }) else {
      throw FormatError(files.name, "holds no samples")
    }
    for (name, other) in there where other != count {
      throw FormatError(name, "has \(other) rows, but \(first) has \(count)")
    }
    guard count > 0 else { throw FormatError(first, "0 samples") }
    guard count <= Int(Int32.max) else { throw FormatError(first, "more than \(Int32.max) samples") }
    if let features, features.columns == 0 { throw FormatError("features.npy", "0 features") }
    return count
  }

  private func modality() -> Modality {
    if let modality = description?.modality { return modality }
    if images != nil { return .image }
    if table?.texts != nil { return .text }
    return table?.features.isEmpty ?? true ? .embedding : .tabular
  }

  private mutating func identifiers(count: Int, payloads: any PayloadSource) throws(FormatError)
    -> StringColumn
  {
    if let own = table?.ids, let other = metadata?.ids, !own.elementsEqual(other) {
      throw FormatError("metadata.csv", "its ids are not those of the records, row for row")
    }
    guard let given = table?.ids ?? metadata?.ids else {
      return IdentifierReading.derived(from: payloads, count: count)
    }
    let (ids, doubled) = IdentifierReading.distinct(given)
    if let first = doubled.first {
      let others = doubled.count > 1 ? " and \(doubled.count - 1) more" : ""
      notes.append(
        "the id '\(displayText(first))'\(others) stands more than once; from the second row on it has a number, "
          + "as in '\(displayText(first))-2'")
    }
    return ids
  }

  /// Rows of pred_probs.npy that are no distribution are noted and made one: negative and unusable values count as
  /// zero, the rest is scaled to sum 1, a row of nothing is uniform.
  private mutating func checkedProbabilities(classes: Int) throws(FormatError) -> Matrix? {
    guard let probabilities else { return nil }
    guard classes == 0 || probabilities.columns == classes else {
      throw FormatError("pred_probs.npy", "has \(probabilities.columns) columns for \(classes) classes")
    }
    let checked = DistributionRows(base: probabilities)
    var bad: [Int] = []
    for row in 0..<probabilities.rows where !DistributionRows.isDistribution(probabilities.row(row)) {
      bad.append(row)
    }
    if !bad.isEmpty {
      notes.append(
        "pred_probs.npy: \(bad.count) rows are no distribution and were normalised (\(rowList(bad)))")
    }
    return Matrix(checked)
  }

  private mutating func noteUnusableRows() throws(FormatError) {
    guard let features else { return }
    var bad: [Int] = []
    let first = features.row(0)
    var isConstant = true
    for row in 0..<features.rows {
      let values = features.row(row)
      if !values.allSatisfy(\.isFinite) { bad.append(row) }
      isConstant = isConstant && values == first
    }
    if !bad.isEmpty { notes.append("features.npy: \(bad.count) rows are not finite (\(rowList(bad)))") }
    if isConstant, features.rows > 1 { notes.append("features.npy: all rows are equal: zero variance") }
  }
}

/// "rows 2, 5, 6", of many the first ten.
func rowList(_ rows: some Collection<Int>) -> String {
  "rows " + rows.prefix(10).map(String.init).joined(separator: ", ") + (rows.count > 10 ? ", …" : "")
}

/// Probabilities of which every row is a distribution, whatever the file holds.
struct DistributionRows: RowSource {
  let base: Matrix
  var rows: Int { base.rows }
  var columns: Int { base.columns }

  static func isDistribution(_ row: [Float]) -> Bool {
    row.allSatisfy { $0 >= 0 && $0.isFinite } && abs(row.reduce(0, +) - 1) < 0.02
  }

  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    base.read(range, into: target)
    for row in 0..<range.count {
      let place = row * columns..<(row + 1) * columns
      for index in place where !(target[index] >= 0 && target[index].isFinite) { target[index] = 0 }
      let sum = place.reduce(Float(0)) { $0 + target[$1] }
      for index in place {
        target[index] = sum > 0 && sum.isFinite ? target[index] / sum : 1 / Float(columns)
      }
    }
  }
}

import Formats
import Glibc
import Model

/// What differs in one sample from the one that it is made of.
package struct SampleChange: Sendable {
  package var base: Int
  /// Behind the samples of the dataset, instead of in place of its base.
  package var isAdded: Bool
  package var label: Int?
  package var text: String?
  /// New cells by column.
  package var cells: [String: String]
  package var pixels: [UInt8]?
  package var features: [Float]?
  package var source: String?
  /// Milliseconds since 1970 UTC.
  package var time: Int64?
  package init(
    base: Int, isAdded: Bool, label: Int?, text: String?, cells: [String: String], pixels: [UInt8]?,
    features: [Float]?, source: String?, time: Int64?
  ) {
    self.base = base
    self.isAdded = isAdded
    self.label = label
    self.text = text
    self.cells = cells
    self.pixels = pixels
    self.features = features
    self.source = source
    self.time = time
  }
}

/// A dataset with some of its samples changed and others added, in the format that it came in. What is not changed is
/// copied byte for byte. Added samples are called added-1, added-2 … where the dataset has ids.
package struct ChangedDataset {
  private let files: [StoredFile]
  private let options: DatasetOptions
  private let isFolder: Bool
  private let classes: [String]
  /// Base of every sample of the result, in order.
  private let bases: [Int]
  private let changes: [Int: SampleChange]
  private let count: Int
  /// Names of the files that do not belong to the changed samples and are left out.
  package let leftOut: [String]

  /// - Parameters:
  ///   - classes: how the files write each class.
  ///   - leavingOut: names of arrays that no longer fit the samples.
  package init(
    _ path: String, options: DatasetOptions, count: Int, classes: [String], changes: [SampleChange],
    leavingOut: Set<String>
  ) throws {
    let stored = try DatasetLoader.storedFiles(path, options: options)
    var status = stat()
    isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    files = stored.filter { !leavingOut.contains($0.name) }
    leftOut = stored.map(\.name).filter(leavingOut.contains)
    self.options = options
    self.classes = classes
    self.count = count
    let added = changes.filter(\.isAdded)
    bases = Array(0..<count) + added.map(\.base)
    var byRow: [Int: SampleChange] = [:]
    for change in changes where !change.isAdded { byRow[change.base] = change }
    for (index, change) in added.enumerated() { byRow[count + index] = change }
    self.changes = byRow
  }

  /// Writes the folder `output` with the dataset and `truth.csv` (id, poisoned, attack) beside its files.
  /// - Returns: the path of the dataset within it, to be scanned: the folder itself, or the one file.
  package func write(to output: String, attack: String) throws -> String {
    let target = try ExportTarget(output, kind: .folder)
    let file = isFolder ? "" : "/" + (files.first?.name ?? "")
    try target.fill { temporary in
      let folder = try SyncedFolder(path: temporary, mode: 0o777, fileMode: 0o666)
      for file in files {
        let editor = try editor(of: file)
        try folder.write(file.name) { output throws(CaseFileError) in try write(file, editor, to: &output) }
      }
      // The ids are what a reader of the copy will call its samples.
      let ids = try DatasetLoader.load(temporary + file, options: options, progress: { _ in }).ids
      try folder.write("truth.csv") { output throws(CaseFileError) in
        try output.append(CSVText.row(["id", "poisoned", "attack"]))
        for (row, id) in ids.enumerated() {
          let isPoison = changes[row] != nil
          try output.append(CSVText.row([id, isPoison ? "1" : "0", isPoison ? attack : ""]))
        }
      }
      try folder.synchronize()
    }
    return target.path + file
  }

  private func editor(of file: StoredFile) throws(FormatError) -> RecordEditor? {
    guard case .records(_, let records) = file.layout else { return nil }
    return try RecordEditor(records, name: file.name, options: options)
  }

  private func write(_ file: StoredFile, _ editor: RecordEditor?, to output: inout FileWriter)
    throws(CaseFileError)
  {
    switch file.layout {
    case .description(let source, let counts):
      try CleanDataset.writeDescription(source.bytes, counts, count: bases.count, to: &output)
    case .records(let source, let records):
      guard let editor else { return }
      try writeRecords(source.bytes, records, editor, file.name, to: &output)
    case .array(let array, _): try writeArray(array, file.name, to: &output)
    }
  }

  private func writeRecords(
    _ bytes: UnsafeRawBufferPointer, _ records: RecordFile, _ editor: RecordEditor, _ name: String,
    to output: inout FileWriter
  ) throws(CaseFileError) {
    func append(_ range: Range<UInt64>) throws(CaseFileError) {
      try output.append(UnsafeRawBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
    }
    try append(records.headerBytes)
    for (row, base) in bases.enumerated() {
      let range = records.bytes(of: base)
      let record = UnsafeRawBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
      do {
        var edited = try editor.edited(record, cells(of: row, record, editor))
        if row < bases.count - 1 { edited = editor.separated(edited) }
        try output.append(edited)
      } catch let error as CaseFileError {
        throw error
      } catch {
        throw CaseFileError(.invalid, name, "\(error)")
      }
    }
    try append(records.footerBytes)
  }

  private func cells(of row: Int, _ record: UnsafeRawBufferPointer, _ editor: RecordEditor) -> [String:
    String]
  {
    guard let change = changes[row] else { return [:] }
    var cells = change.cells
    if let column = editor.label { cells[column] = change.label.map { classes[$0] } }
    if let column = editor.text { cells[column] = change.text }
    if let column = editor.source { cells[column] = change.source }
    if let column = editor.time, let time = change.time {
      cells[column] = Self.written(time, like: editor.cell(column, in: record) ?? "")
    }
    if change.isAdded, let column = editor.id { cells[column] = "added-\(row - count + 1)" }
    return cells
  }

  /// In the way of another cell: seconds or milliseconds since 1970, or ISO 8601 in UTC.
  private static func written(_ time: Int64, like cell: String) -> String {
    if let number = Double(cell) { return abs(number) < 1e11 ? String(time / 1000) : String(time) }
    var seconds = time_t(time / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// Element order and type stay as they are: in memory `outer` times one block for each sample.
  private func writeArray(_ array: NPYArray, _ name: String, to output: inout FileWriter)
    throws(CaseFileError)
  {
    let header = array.header
    let after = array.shape.dropFirst().reduce(1, *)
    let (outer, inner) = header.isFortranOrder ? (after, 1) : (1, after)
    try output.append(
      NPY.encodedHeader(
        descr: header.descr, shape: [bases.count] + array.shape.dropFirst(),
        isFortranOrder: header.isFortranOrder))
    let size = inner * header.scalar.size
    for block in 0..<outer {
      for (row, base) in bases.enumerated() {
        if let values = values(of: row, in: name), values.count == outer * inner {
          for value in values[block * inner..<(block + 1) * inner] {
            try output.append(header.encoded(value))
          }
        } else {
          let start = (block * count + base) * size
          try output.append(UnsafeRawBufferPointer(rebasing: array.data[start..<start + size]))
        }
      }
    }
  }

  private func values(of row: Int, in name: String) -> [Double]? {
    guard let change = changes[row] else { return nil }
    return switch name {
    case "labels.npy": change.label.map { [Double(classes[$0]) ?? Double($0)] }
    case "images.npy": change.pixels.map { $0.map(Double.init) }
    case _ where name.hasSuffix(".npy") && name != "pred_probs.npy":
      change.features.map { $0.map(Double.init) }
    default: nil
    }
  }
}

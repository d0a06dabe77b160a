import Formats
import Glibc
import Model

/// Some samples of a dataset, some of them changed, in the format that it came in: one file for one file, a folder for
/// a folder. All else is copied byte for byte; of the arrays the shapes are new, of dataset.json `n` and the classes
/// that come with new labels.
package struct DatasetCopy {
  /// What the copy consists of, in order.
  package enum Piece: Sendable {
    case asItIs(Range<Int>)
    case changed(base: Int, SampleChange)

    package var count: Int { if case .asItIs(let rows) = self { rows.count } else { 1 } }
  }

  package let isFolder: Bool
  /// Names of the files that are left out of the copy.
  package let leftOut: [String]
  /// Classes that dataset.json does not name yet.
  package let addedClasses: [String]
  private let files: [StoredFile]
  private var pieces: [Piece]
  /// The number of samples of the dataset, and of the copy.
  private let baseCount, count: Int
  private let labels: LabelSpelling
  /// By the names of their files; none where nothing is changed.
  private var editors: [String: RecordEditor] = [:]
  /// Columns of a metadata.csv that the dataset does not have yet.
  private var newMetadata: [OriginRole] = []

  /// - Parameters:
  ///   - count: the number of samples that the dataset must have.
  ///   - leavingOut: names of arrays that do not fit the changed samples.
  package init(
    _ dataset: String, options: DatasetOptions, count: Int, pieces: [Piece], leavingOut: Set<String> = []
  ) throws {
    let stored = try DatasetLoader.storedFiles(dataset, options: options)
    for file in stored {
      guard file.isWhole(of: count, among: stored) else {
        throw CaseFileError(
          .invalid, file.name, "has \(counted(file.count ?? 0, "sample")), the case has \(count); scan again")
      }
    }
    var status = stat()
    // Arrays that lie in one file become files of a folder.
    isFolder =
      stored.contains(where: \.isUnpacked)
      || stat(dataset, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    files = stored.filter { !leavingOut.contains($0.name) }
    leftOut = stored.map(\.name).filter(leavingOut.contains)
    self.pieces = Self.inOrder(pieces, of: stored)
    baseCount = count
    self.count = pieces.reduce(0) { $0 + $1.count }
    let changes = pieces.compactMap { if case .changed(_, let change) = $0 { change } else { nil } }
    labels = LabelSpelling(files, newLabels: changes.compactMap(\.label))
    addedClasses = labels.added
    guard !changes.isEmpty else { return }
    for case let (file, .records(records)) in files.lazy.map({ ($0, $0.layout) }) {
      editors[file.name] = try records.editor()
    }
    let imported = files.first(where: \.isImported)
    if let imported, let reason = changes.lazy.compactMap({ $0.obstacle(in: imported) }).first {
      throw CaseFileError(.invalid, imported.name, reason)
    }
    let hasLabels =
      files.contains { $0.role == "labels.npy" } || editors.values.contains { $0.label != nil }
      || imported?.role == "records"
    guard hasLabels || !changes.contains(where: { $0.label != nil }) else {
      throw CaseFileError(.invalid, dataset, "holds no labels that could be changed")
    }
    let missing = OriginRole.allCases.filter { role in
      changes.contains { $0.says(role) } && !editors.values.contains { $0.column(of: role) != nil }
    }
    guard !missing.isEmpty else { return }
    for role in missing { try addColumn(of: role, dataset) }
    // Samples that do not change get the new columns too.
    self.pieces = self.pieces.flatMap { piece -> [Piece] in
      guard case .asItIs(let rows) = piece else { return [piece] }
      return rows.map { .changed(base: $0, SampleChange()) }
    }
  }

  /// In a file of records that can take it, else in a new one beside the arrays of the folder.
  private mutating func addColumn(of role: OriginRole, _ dataset: String) throws {
    var refusal: FormatError?
    for wanted in ["metadata.csv", "records"] {
      let names = files.filter { $0.role == wanted && editors[$0.name] != nil }.map(\.name)
      do throws(FormatError) {
        for name in names { try editors[name]?.addColumn(of: role) }
        if !names.isEmpty { return }
      } catch {
        refusal = error
      }
    }
    guard isFolder, !files.contains(where: { $0.role == "metadata.csv" && editors[$0.name] != nil }) else {
      throw refusal
        ?? FormatError(dataset, "an array has no place for sources and times; a folder that it lies in has")
    }
    newMetadata.append(role)
  }

  /// The rows `kept`, rising, those with a change changed.
  package static func pieces(keeping kept: some Sequence<Int>, changes: [Int: SampleChange]) -> [Piece] {
    var pieces: [Piece] = []
    for row in kept {
      if let change = changes[row] {
        pieces.append(.changed(base: row, change))
      } else if case .asItIs(let run)? = pieces.last, run.upperBound == row {
        pieces[pieces.count - 1] = .asItIs(run.lowerBound..<row + 1)
      } else {
        pieces.append(.asItIs(row..<row + 1))
      }
    }
    return pieces
  }

  /// All files into a folder; what stands beside them is the caller's.
  func write(into folder: SyncedFolder) throws {
    let output = CopyOutput(path: folder.folder.path, isFolder: true)
    try writeImported(output)
    for file in files {
      guard let rows = file.rows else { continue }
      try output.write(file.name) { try write(file, pieces.compactMap { $0.within(rows) }, to: &$0) }
    }
    try output.finish()
    for file in files where !file.isImported && file.rows == nil {
      try folder.write(file.name) { output throws(CaseFileError) in try write(file, pieces, to: &output) }
    }
    guard !newMetadata.isEmpty else { return }
    try folder.write("metadata.csv") { output throws(CaseFileError) in
      try output.append(CSVText.row(newMetadata.map(\.columnName)))
      for case .changed(_, let change) in pieces {
        try output.append(CSVText.row(newMetadata.map(change.cell)))
      }
    }
  }

  /// A dataset that is one file.
  func writeFile(_ path: String) throws {
    guard !files.contains(where: \.isImported) else {
      let output = CopyOutput(path: path, isFolder: false)
      try writeImported(output)
      return try output.finish()
    }
    var output = try FileWriter(path: path, mode: 0o666)
    for file in files { try write(file, pieces, to: &output) }
    try output.finish()
  }

  private func writeImported(_ output: CopyOutput) throws {
    var rows: [Int] = []
    var labels: [Int: String] = [:]
    var texts: [Int: String] = [:]
    for piece in pieces {
      switch piece {
      case .asItIs(let range): rows += range
      case .changed(let base, let change):
        rows.append(base)
        labels[base] = change.label
        texts[base] = change.text
      }
    }
    for file in files {
      if case .imported(let original, _, let label, let text) = file.layout {
        let cells = NewCells(
          labels: .init(name: label, byRow: labels), texts: .init(name: text, byRow: texts))
        try original.write(rows, cells: cells, to: output)
      }
    }
  }

  func write(to target: ExportTarget) throws {
    try target.fill { temporary in
      guard isFolder else {
        return try writeFile(temporary)
      }
      let folder = try SyncedFolder(path: temporary, mode: 0o777, fileMode: 0o666)
      try write(into: folder)
      try folder.synchronize()
    }
  }

  private func write(_ file: StoredFile, _ pieces: [Piece], to output: inout FileWriter) throws(CaseFileError)
  {
    switch file.layout {
    case .imported: break
    case .description(let description):
      try output.append(description.edited(count: count, adding: addedClasses))
    case .records(let records):
      do {
        try CopiedRecords(file, records, editor: editors[file.name], labels: labels)
          .write(pieces, to: &output)
      } catch let error as CaseFileError {
        throw error
      } catch {
        throw CaseFileError(.invalid, file.name, "\(error)")
      }
    case .array(let array, let axis):
      try CopiedArray(array, axis: axis, role: file.role, count: baseCount, labels: labels)
        .write(pieces, count: count, to: &output)
    }
  }
}

extension DatasetCopy {
  /// The pieces in the order in which the files have them: what is made of a sample stands in its file.
  static func inOrder(_ pieces: [Piece], of files: [StoredFile]) -> [Piece] {
    let shards = files.compactMap(\.rows)
    guard !shards.isEmpty else { return pieces }
    return shards.flatMap { rows in
      pieces.compactMap { $0.within(rows)?.moved(by: rows.lowerBound) }
    }
  }

  /// The same of the files of this copy.
  func inOrder(_ pieces: [Piece]) -> [Piece] { Self.inOrder(pieces, of: files) }
}

extension DatasetCopy.Piece {
  /// What of it is of the samples `rows` of a file, counted from the first of them; nil where nothing is.
  fileprivate func within(_ rows: Range<Int>) -> Self? {
    switch self {
    case .asItIs(let own):
      let shared = own.clamped(to: rows)
      return shared.isEmpty ? nil : .asItIs(shared).moved(by: -rows.lowerBound)
    case .changed(let base, _): return rows.contains(base) ? moved(by: -rows.lowerBound) : nil
    }
  }

  fileprivate func moved(by distance: Int) -> Self {
    switch self {
    case .asItIs(let rows): .asItIs(rows.lowerBound + distance..<rows.upperBound + distance)
    case .changed(let base, let change): .changed(base: base + distance, change)
    }
  }
}

extension StoredFile {
  /// Whether it holds as many samples as there are, alone or with the other files that its records go on in.
  fileprivate func isWhole(of count: Int, among files: [StoredFile]) -> Bool {
    guard rows != nil else { return self.count ?? count == count }
    return files.compactMap(\.rows).map(\.upperBound).max() == count
      && files.allSatisfy { $0.rows?.count == nil || $0.rows?.count == $0.count }
  }
}

import Formats
import Glibc
import Model

/// A dataset without some of its samples, in the format that it came in: one file for one file, a folder for a folder.
/// All that is kept is copied byte for byte; only the shapes of the arrays and `n` of dataset.json are new.
struct CleanDataset {
  let isFolder: Bool
  private let files: [StoredFile]
  private let kept: [Int]
  /// `kept` as ranges of rows that follow one another.
  private let runs: [Range<Int>]
  private let count: Int

  /// - Parameters:
  ///   - options: how the dataset was read.
  ///   - kept: rows, rising.
  ///   - count: the number of samples that the dataset must have.
  init(_ dataset: String, options: DatasetOptions, keeping kept: [Int], of count: Int) throws {
    files = try DatasetLoader.storedFiles(dataset, options: options)
    for file in files {
      guard file.count ?? count == count else {
        throw CaseFileError(
          .invalid, file.name, "has \(file.count ?? 0) samples, the case has \(count); scan again")
      }
    }
    var status = stat()
    isFolder = stat(dataset, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    self.kept = kept
    runs = kept.reduce(into: []) { runs, row in
      if let last = runs.last, last.upperBound == row {
        runs[runs.count - 1] = last.lowerBound..<row + 1
      } else {
        runs.append(row..<row + 1)
      }
    }
    self.count = count
  }

  /// - Returns: where the relabels were written; nil where there are none.
  func write(to target: ExportTarget, with relabels: RelabelList) throws -> String? {
    isFolder ? try writeFolder(target, relabels) : try writeFile(target, relabels)
  }

  private func writeFolder(_ target: ExportTarget, _ relabels: RelabelList) throws -> String? {
    let name = "relabels.csv"
    try target.fill { temporary in
      let folder = try SyncedFolder(path: temporary, mode: 0o777, fileMode: 0o666)
      for file in files {
        try folder.write(file.name) { output throws(CaseFileError) in try write(file, to: &output) }
      }
      if relabels.count > 0 {
        try folder.write(name) { output throws(CaseFileError) in try relabels.write(to: &output) }
      }
      try folder.synchronize()
    }
    return relabels.count > 0 ? target.path + "/" + name : nil
  }

  /// The relabels come to their place first: a cleaned file never stands without them.
  private func writeFile(_ target: ExportTarget, _ relabels: RelabelList) throws -> String? {
    let side = try relabels.count > 0 ? ExportTarget(target.path + ".relabels.csv", kind: .file) : nil
    var isSideInPlace = false
    do {
      try target.fill { temporary in
        var output = try FileWriter(path: temporary, mode: 0o666)
        for file in files { try write(file, to: &output) }
        try output.finish()
        try side?.fill { temporary in
          var output = try FileWriter(path: temporary, mode: 0o666)
          try relabels.write(to: &output)
          try output.finish()
        }
        isSideInPlace = side != nil
      }
    } catch {
      if isSideInPlace, let side { unlink(side.path) }
      throw error
    }
    return side?.path
  }

  private func write(_ file: StoredFile, to output: inout FileWriter) throws(CaseFileError) {
    switch file.layout {
    case .description(let source, let counts):
      try Self.writeDescription(source.bytes, counts, count: kept.count, to: &output)
    case .records(let source, let records): try writeRecords(source.bytes, records, to: &output)
    case .array(let array, let axis): try writeArray(array, axis: axis, to: &output)
    }
  }

  /// - Parameter count: the number of samples that shall stand at the places `counts`.
  static func writeDescription(
    _ bytes: UnsafeRawBufferPointer, _ counts: [Range<Int>], count: Int, to output: inout FileWriter
  ) throws(CaseFileError) {
    var copied = 0
    for place in counts {
      try output.append(bytes[copied..<place.lowerBound])
      try output.append("\(count)".utf8)
      copied = place.upperBound
    }
    try output.append(bytes[copied...])
  }

  private func writeRecords(
    _ bytes: UnsafeRawBufferPointer, _ records: RecordFile, to output: inout FileWriter
  ) throws(CaseFileError) {
    for piece in records.pieces(keeping: runs) {
      try output.append(UnsafeRawBufferPointer(rebasing: bytes[Int(piece.lowerBound)..<Int(piece.upperBound)]))
    }
  }

  /// Element order and type stay as they are. In memory the array is `outer` times `count` blocks of `inner` bytes;
  /// in Fortran order it is so with the axes turned round.
  private func writeArray(
    _ array: NPYArray, axis: Int, to output: inout FileWriter
  ) throws(CaseFileError) {
    var shape = array.shape
    let before = shape[..<axis].reduce(1, *)
    let after = shape[(axis + 1)...].reduce(1, *)
    let (outer, inner) = array.header.isFortranOrder ? (after, before) : (before, after)
    shape[axis] = kept.count
    try output.append(
      NPY.encodedHeader(
        descr: array.header.descr, shape: shape, isFortranOrder: array.header.isFortranOrder))
    let data = array.data
    let size = inner * array.header.scalar.size
    for block in 0..<outer {
      for run in runs {
        let place = (block * count + run.lowerBound) * size..<(block * count + run.upperBound) * size
        try output.append(UnsafeRawBufferPointer(rebasing: data[place]))
      }
    }
  }
}

import Formats
import Model

/// A copy into which an attack or an everyday history was planted, with the truth about it.
package struct PlantedDataset {
  private let copy: DatasetCopy
  private let options: DatasetOptions
  private let pieces: [DatasetCopy.Piece]
  /// As they follow each other in the copy.
  private let inOrder: [DatasetCopy.Piece]
  private let fileName: String?
  /// Names of the files that do not belong to the changed samples and are left out.
  package var leftOut: [String] { copy.leftOut }

  /// - Parameters:
  ///   - changes: of samples that are changed in their place.
  ///   - added: samples that come behind the others, each made of a base.
  ///   - leavingOut: names of arrays that no longer fit the samples.
  package init(
    _ dataset: String, options: DatasetOptions, count: Int, changes: [Int: SampleChange],
    added: [(base: Int, change: SampleChange)], leavingOut: Set<String>
  ) throws {
    pieces =
      DatasetCopy.pieces(keeping: 0..<count, changes: changes)
      + added.map { .changed(base: $0.base, $0.change) }
    copy = try DatasetCopy(
      dataset, options: options, count: count, pieces: pieces, leavingOut: leavingOut)
    inOrder = copy.inOrder(pieces)
    fileName = copy.isFolder ? nil : dataset.split(separator: "/").last.map(String.init)
    self.options = options
  }

  /// Writes the folder `output` with the dataset and `truth.csv` (id, poisoned, attack) beside its files.
  /// - Parameter attack: what the changed samples are poisoned by; nil where none is.
  /// - Returns: the path of the dataset within it, to be scanned: the folder itself, or the one file.
  package func write(to output: String, attack: String?) throws -> String {
    let target = try ExportTarget(output, kind: .folder)
    let file = fileName.map { "/" + $0 } ?? ""
    try target.fill { temporary in
      let folder = try SyncedFolder(path: temporary, mode: 0o777, fileMode: 0o666)
      try copy.write(into: folder)
      // The ids are what a reader of the copy will call its samples.
      let written = try DatasetLoader.load(temporary + file, options: options, progress: { _ in })
      try check(written)
      let isPoison = inOrder.flatMap { piece in
        if case .asItIs(let rows) = piece { return [Bool](repeating: false, count: rows.count) }
        return [attack != nil]
      }
      try folder.write("truth.csv") { output throws(CaseFileError) in
        try output.append(CSVText.row(["id", "poisoned", "attack"]))
        for (id, isPoison) in zip(written.ids, isPoison) {
          try output.append(CSVText.row([id, isPoison ? "1" : "0", isPoison ? attack ?? "" : ""]))
        }
      }
      try folder.synchronize()
    }
    return target.path + file
  }

  /// A new column can make a file look like one of another form: what is not read as it was meant is not left behind.
  private func check(_ written: Dataset) throws {
    func says(_ role: OriginRole) -> Bool {
      pieces.contains { if case .changed(_, let change) = $0 { change.says(role) } else { false } }
    }
    guard written.count == pieces.reduce(0, { $0 + $1.count }),
      written.sources != nil || !says(.source), written.times != nil || !says(.time)
    else {
      throw CaseFileError(.invalid, written.name, "the copy would not be read as it was meant")
    }
  }
}

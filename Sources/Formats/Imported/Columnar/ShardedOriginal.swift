import Model
import Values

/// Files whose rows were read one file after the other: each is copied with its kept rows.
struct ShardedOriginal: ImportedOriginal, ImportedSources {
  /// What of a copy is of one file, by the rows in it.
  struct Share {
    let rows: [Int]
    let cells: NewCells
  }
  let files: [SourceFile]
  /// Of rows, by file.
  let counts: [Int]
  let copy: @Sendable (SourceFile, Share, any ImportedOutput) throws -> Void

  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws {
    var first = 0
    var next = 0
    for (file, count) in zip(files, counts) {
      var own: [Int] = []
      while next < rows.count, rows[next] < first + count {
        own.append(rows[next] - first)
        next += 1
      }
      try output.begin(file.name)
      try copy(file, Share(rows: own, cells: cells.within(first..<first + count)), output)
      first += count
    }
  }
}

extension ShardedOriginal.Share {
  /// New cells by the column of a file and the row in it.
  /// - Parameters:
  ///   - columns: the names of the top-level ones.
  ///   - classes: what the numbers of a column stand for.
  /// - Throws: `FormatError` where there is no column for them, or it cannot hold one.
  func replacements(
    in columns: [String], file: String, classes: (Int) -> ClassNames
  ) throws(FormatError) -> [Int: [Int: Replacement]] {
    var result: [Int: [Int: Replacement]] = [:]
    for (what, new) in [("labels", cells.labels), ("texts", cells.texts)] where !new.byRow.isEmpty {
      guard let place = columns.firstIndex(where: { $0 == new.name }) else {
        throw FormatError(file, "has no column of \(what) that could be changed")
      }
      for (row, text) in new.byRow {
        result[place, default: [:]][row] =
          what == "texts" ? .string(text) : try classes(place).replacement(for: text, file: file)
      }
    }
    return result
  }
}

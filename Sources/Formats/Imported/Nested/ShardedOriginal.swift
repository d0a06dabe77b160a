import Model

/// Files whose rows were read one file after the other: each is copied with its kept rows.
struct ShardedOriginal: ImportedOriginal {
  /// What of a copy is of one file, by the rows in it.
  struct Share {
    let rows: [Int]
    /// New ones.
    let labels: [Int: String]
    /// The column that they stand in.
    let column: String?
  }
  let files: [SourceFile]
  /// Of rows, by file.
  let counts: [Int]
  let copy: @Sendable (SourceFile, Share, any ImportedOutput) throws -> Void

  func write(_ rows: [Int], labels: NewLabels, to output: any ImportedOutput) throws {
    var first = 0
    var next = 0
    for (file, count) in zip(files, counts) {
      var own: [Int] = []
      var changed: [Int: String] = [:]
      while next < rows.count, rows[next] < first + count {
        own.append(rows[next] - first)
        changed[rows[next] - first] = labels.byRow[rows[next]]
        next += 1
      }
      try output.begin(file.name)
      try copy(file, Share(rows: own, labels: changed, column: labels.column), output)
      first += count
    }
  }
}

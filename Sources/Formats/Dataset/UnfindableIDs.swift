import Model

extension DatasetLoader {
  /// Of `rows` those that nobody finds by their id in the files of the dataset: it does not stand there as it is
  /// (ids that were made up, numbers that were shortened, bytes that are no text), or it stands there more than once.
  /// - Parameters:
  ///   - ids: of all rows, as the scan calls them.
  ///   - rows: rising.
  package static func rowsWithUnfindableID(
    _ path: String, options: DatasetOptions, ids: StringColumn, rows: [Int]
  ) throws(FormatError) -> [Int] {
    guard let (scan, column) = try identifiers(path, options) else { return rows }
    var isFound = [Bool](repeating: false, count: ids.count)
    var count: [String: Int] = [:]
    for row in rows { count[ids[row]] = 0 }
    try scan.forEachRow { row, record throws(FormatError) in
      let written = record.withCell(column) { cell in cell.flatMap { String(validating: $0, as: UTF8.self) } }
      guard row < ids.count, let id = written, let known = count[id] else { return }
      count[id] = known + 1
      if id == ids[row] { isFound[row] = true }
    }
    return rows.filter { !isFound[$0] || count[ids[$0]] != 1 }
  }

  /// The file with the ids and their column in it; nil where the dataset gives none.
  private static func identifiers(_ path: String, _ options: DatasetOptions) throws(FormatError) -> (
    RecordScan, Int
  )? {
    let files = try DatasetFiles(path, options: options)
    for role in ["records", "metadata.csv"] {
      guard let scan = try files.records(role, options: options)?.whole() else { continue }
      if let column = try ColumnRoles(scan, options: files.options(options, for: role)).id {
        return (scan, column)
      }
    }
    return nil
  }
}

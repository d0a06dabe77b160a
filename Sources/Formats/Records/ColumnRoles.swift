/// Which column of a table is the id, the label and so on: by option, else by the names people use.
struct ColumnRoles {
  var id: Int?
  var label: Int?
  var text: Int?
  var source: Int?
  var time: Int?
  /// All other columns: the features of a row.
  var features: [Int] = []

  init(columns: [String], options: DatasetOptions, file: String) throws(FormatError) {
    id = try Self.find(options.idColumn, ["id", "sample_id", "uid"], columns, file)
    label = try Self.find(options.labelColumn, ["label", "class", "target", "y"], columns, file)
    text = try Self.find(options.textColumn, ["text", "sentence", "message", "content"], columns, file)
    source = try Self.find(
      options.sourceColumn, ["source", "user", "contributor", "annotator"], columns, file)
    time = try Self.find(options.timeColumn, ["ingested_at", "timestamp", "time", "date"], columns, file)
    let taken = Set([id, label, text, source, time].compactMap { $0 })
    features = columns.indices.filter { !taken.contains($0) }
    if taken.isEmpty, columns.contains(where: { CellValue.number($0.utf8) != nil }) {
      throw FormatError(file, at: "line 1", "columns not recognised: it looks like data, not like a header")
    }
  }

  private static func find(
    _ wanted: String?, _ usual: [String], _ columns: [String], _ file: String
  ) throws(FormatError) -> Int? {
    if let wanted {
      guard let index = columns.firstIndex(of: wanted) else {
        throw FormatError(
          file, "has no column '\(wanted)'; there are \(columns.prefix(20).joined(separator: ", "))")
      }
      return index
    }
    for name in usual {
      if let index = columns.firstIndex(where: { $0.lowercased() == name }) { return index }
    }
    return nil
  }
}

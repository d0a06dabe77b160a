import Model

/// The rows of one of several files as JSON: objects as they stand, cells of tables as strings.
struct ShardRows {
  private let names: [[UInt8]]
  private let split: [UInt8]?
  private let areObjects: Bool
  /// The column of names that are relative to a folder, and what is before them.
  private let relative: (column: Int, folder: [UInt8])?

  init(_ part: RecordIndex.Part, folder: String?) {
    let column = part.columns.firstIndex { ColumnNames.image.contains(ColumnNames.folded($0)) }
    relative = folder.flatMap { folder in column.map { ($0, Array((folder + "/").utf8)) } }
    areObjects = part.table == nil
    names = part.columns.map(JSONText.string)
    split = part.split.map(JSONText.string)
  }

  /// - Parameter bytes: those of the record itself.
  func append(_ record: Record, of bytes: UnsafeRawBufferPointer, to line: inout JSONLine) {
    if areObjects {
      line.members(of: bytes)
    } else {
      for column in names.indices where record.kind(column) != .missing && column != relative?.column {
        line.member(names[column]) { target in
          record.withCell(column) { cell in JSONText.append(cell ?? .empty, to: &target) }
        }
      }
    }
    // Of members of one name the last one counts.
    if let (column, folder) = relative, record.kind(column) == .text {
      line.member(names[column]) { target in
        record.withCell(column) { cell in JSONText.append(folder + (cell ?? .empty), to: &target) }
      }
    }
    if let split { line.member(Self.splitName) { $0 += split } }
  }

  private static let splitName = JSONText.string(Shards.splitColumn)
}

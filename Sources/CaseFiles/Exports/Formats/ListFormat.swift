import Formats
import Model

/// What a list of samples calls them.
package enum ListedName: String, Sendable, CaseIterable {
  case id
  /// The number of the row in the dataset, from 0.
  case row
}

/// The ids or the rows of some samples.
struct ListFormat: ExportFormat {
  let name: String
  let summary: String
  let isList = true
  private let isOfPoisoned: Bool

  static let dropList = ListFormat(
    name: "drop-list",
    summary:
      "the ids of the poisoned samples, one a line; with --by row their rows, counted from 0; as an array of rows (int64) "
      + "where PATH ends in .npy", isOfPoisoned: true)
  static let keepList = ListFormat(
    name: "keep-list", summary: "all other samples, likewise", isOfPoisoned: false)

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    let poisoned = try reviewed.settled().poisoned
    let list = SampleList(
      rows: isOfPoisoned ? poisoned.rows : poisoned.others, ids: reviewed.opened.report.ids)
    let counting = reviewed.skippedLines.map { ["rows are counted without the \($0)"] } ?? []
    if path.hasSuffix(".npy") {
      return try ExportTarget.write(path) { try list.writeArray(to: &$0) } + counting
    }
    if reviewed.names == .row {
      return try ExportTarget.write(path) { try list.writeRows(to: &$0) } + counting
    }
    let unfindable = try DatasetLoader.rowsWithUnfindableID(
      reviewed.dataset, options: reviewed.opened.options, ids: list.ids, rows: list.rows)
    return try ExportTarget.write(path) { try list.writeIDs(to: &$0) } + list.warning(of: unfindable)
  }
}

/// Some samples of a dataset, in dataset order.
private struct SampleList {
  let rows: [Int]
  let ids: StringColumn

  /// One id a line.
  /// - Throws: `CaseFileError` where an id cannot stand on a line of its own.
  func writeIDs(to file: inout FileWriter) throws -> String {
    for row in rows {
      let id = ids[row]
      guard !id.isEmpty, !id.utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
        throw CaseFileError(
          .invalid, "row \(row)",
          "the id '\(id)' cannot stand on a line of its own; --by row, or a list called .npy, has rows instead"
        )
      }
      try file.append(id.utf8)
      try file.append(CollectionOfOne(UInt8(ascii: "\n")))
    }
    return counted(rows.count, "id")
  }

  /// One row a line, counted from 0.
  func writeRows(to file: inout FileWriter) throws -> String {
    for row in rows { try file.append("\(row)\n".utf8) }
    return rowCount
  }

  /// What a person must know of a list of ids: those by which nobody finds the sample.
  func warning(of unfindable: [Int]) -> [String] {
    guard !unfindable.isEmpty else { return [] }
    let named = unfindable.prefix(5).map { ids[$0] }.joined(separator: ", ")
    return [
      "\(counted(unfindable.count, "of these ids does", "of these ids do")) not stand in the dataset exactly once: \(named)"
        + "\(unfindable.count > 5 ? ", …" : ""); --by row, or a list called .npy, has rows instead"
    ]
  }

  private var rowCount: String { counted(rows.count, "row index", "row indices") }

  /// Row indices from 0, int64, one-dimensional.
  func writeArray(to file: inout FileWriter) throws -> String {
    try file.append(NPY.encodedHeader(descr: Int64.npyDescr, shape: [rows.count]))
    try file.append(elementsOf: Column(rows.map(Int64.init)))
    return rowCount
  }
}

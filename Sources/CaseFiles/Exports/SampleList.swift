import Formats
import Model
import Scanning

/// What a list of samples calls them.
package enum ListedName: String, Sendable, CaseIterable {
  case id
  /// The number of the row in the dataset, from 0.
  case row
}

/// Some samples of a dataset, in dataset order.
struct SampleList {
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
    let does = unfindable.count == 1 ? "does" : "do"
    return [
      "\(unfindable.count) of these ids \(does) not stand in the dataset exactly once: \(named)"
        + "\(unfindable.count > 5 ? ", …" : ""); --by row, or a list called .npy, has rows instead"
    ]
  }

  private var rowCount: String { "\(rows.count) row \(rows.count == 1 ? "index" : "indices")" }

  /// Row indices from 0, int64, one-dimensional.
  func writeArray(to file: inout FileWriter) throws -> String {
    try file.append(NPY.encodedHeader(descr: Int64.npyDescr, shape: [rows.count]))
    try file.append(elementsOf: Column(rows.map(Int64.init)))
    return rowCount
  }
}

/// The verdicts `relabel`, which stand beside a cleaned dataset: kept samples are never repaired.
struct RelabelList {
  private let relabels: [(row: Int, label: String)]
  private let report: Report

  init(_ relabels: [(row: Int, label: String)], report: Report) {
    self.relabels = relabels
    self.report = report
  }

  var count: Int { relabels.count }

  /// id, label, new_label.
  func write(to file: inout FileWriter) throws(CaseFileError) {
    try file.append(CSVText.row(["id", "label", "new_label"]))
    for (row, newLabel) in relabels {
      try file.append(CSVText.row([report.ids[row], report.labelName(at: row) ?? "", newLabel]))
    }
  }
}

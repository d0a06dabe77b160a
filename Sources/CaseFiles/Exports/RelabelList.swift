import Scanning

/// The verdicts `relabel` as a table of their own: in a cleaned dataset kept samples are never repaired.
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

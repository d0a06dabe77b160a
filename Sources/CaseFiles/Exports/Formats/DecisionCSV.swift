/// `DecisionTable` as CSV.
struct DecisionCSV: ExportFormat {
  let name = "csv"
  let summary =
    "the standing verdicts, a row for each sample and reviewer: " + Self.columns.joined(separator: ", ")

  private static let columns = [
    "id", "label", "suspicion", "hypothesis", "verdict", "new_label", "reviewer", "at", "note", "state",
    "settles", "tags",
  ]

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    try DecisionTable.write(reviewed, to: path, header: CSVText.row(Self.columns)) { line in
      CSVText.row([
        line.id, line.label ?? "", CSVText.number(line.suspicion), line.hypothesis, line.verdict ?? "",
        line.newLabel ?? "", line.reviewer, line.at, line.note ?? "", line.state,
        line.settles ?? "", line.tags?.joined(separator: " ") ?? "",
      ])
    }
  }
}

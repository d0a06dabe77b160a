/// The formats that there are.
package enum ExportFormats {
  /// In the order of the help.
  package static let all: [any ExportFormat] = [
    DecisionCSV(),
    DecisionJSONLines(),
    CleanFormat(),
    CorrectedFormat(),
    ListFormat.dropList,
    ListFormat.keepList,
    RelabelsFormat(),
    ReportFormat(),
  ]

  package static let names = all.map(\.name)

  package static func named(_ name: String) -> (any ExportFormat)? { all.first { $0.name == name } }
}

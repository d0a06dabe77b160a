import Model

/// The relabels alone, for labels that are kept elsewhere than in the dataset.
struct RelabelsFormat: ExportFormat {
  let name = "relabels"
  let summary = "the samples whose label is wrong: id, label, new_label"

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    let relabels = RelabelList(reviewed.relabels(of: try reviewed.settled()), report: reviewed.opened.report)
    return try ExportTarget.write(path) { file in
      try relabels.write(to: &file)
      return counted(relabels.count, "relabel")
    }
  }
}

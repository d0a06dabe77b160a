import Model

/// The dataset without its poison and with the labels that reviewers gave.
struct CorrectedFormat: ExportFormat {
  let name = "corrected"
  let summary =
    "the same with the labels of the relabelled samples changed where they stand, all else byte for byte"

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    let settled = try reviewed.settled()
    var changes: [Int: SampleChange] = [:]
    for (row, label) in reviewed.relabels(of: settled) {
      changes[row] = SampleChange()
      changes[row]?.label = label
    }
    let copy = try reviewed.copy(of: settled, changes: changes)
    let target = try ExportTarget(path, kind: copy.isFolder ? .folder : .file)
    try copy.write(to: target)
    var parts = reviewed.sentence(of: settled, target) + ["\(counted(changes.count, "label")) corrected"]
    if !copy.addedClasses.isEmpty {
      parts.append("new in the classes of dataset.json: \(copy.addedClasses.joined(separator: ", "))")
    }
    return parts
  }
}

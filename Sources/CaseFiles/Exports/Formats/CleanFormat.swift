import Model

/// The dataset without the poisoned samples, and the relabels beside it: what is kept is not repaired.
struct CleanFormat: ExportFormat {
  let name = "clean"
  let summary =
    "the dataset in the format it came in without the poisoned samples; what is kept is kept byte for byte, also where "
    + "the verdict is relabel: those stand beside it, in relabels.csv of the folder or in PATH.relabels.csv"

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    let settled = try reviewed.settled()
    let copy = try reviewed.copy(of: settled)
    let target = try ExportTarget(path, kind: copy.isFolder ? .folder : .file)
    let relabels = RelabelList(reviewed.relabels(of: settled), report: reviewed.opened.report)
    let place = try CleanCopy(copy: copy, relabels: relabels).write(to: target)
    var parts = reviewed.sentence(of: settled, target)
    if let place {
      parts.append(
        "\(counted(relabels.count, "label is", "labels are")) still wrong: the relabels in "
          + "\(place) are not applied; the format \(CorrectedFormat().name) applies them")
    }
    return parts
  }
}

private struct CleanCopy {
  let copy: DatasetCopy
  let relabels: RelabelList

  /// - Returns: where the relabels were written; nil where there are none.
  func write(to target: ExportTarget) throws -> String? {
    copy.isFolder ? try writeFolder(target) : try writeFile(target)
  }

  private func writeFolder(_ target: ExportTarget) throws -> String? {
    let name = "relabels.csv"
    try target.fill { temporary in
      let folder = try SyncedFolder(path: temporary, mode: 0o777, fileMode: 0o666)
      try copy.write(into: folder)
      if relabels.count > 0 {
        try folder.write(name) { output throws(CaseFileError) in try relabels.write(to: &output) }
      }
      try folder.synchronize()
    }
    return relabels.count > 0 ? target.path + "/" + name : nil
  }

  /// The relabels come to their place first: a cleaned file never stands without them.
  private func writeFile(_ target: ExportTarget) throws -> String? {
    guard relabels.count > 0 else {
      try target.fill { try copy.writeFile($0) }
      return nil
    }
    let side = try ExportTarget(target.path + ".relabels.csv", kind: .file)
    try ExportTarget.fill([side, target]) { temporaries in
      var output = try FileWriter(path: temporaries[0], mode: 0o666)
      try relabels.write(to: &output)
      try output.finish()
      try copy.writeFile(temporaries[1])
    }
    return side.path
  }
}

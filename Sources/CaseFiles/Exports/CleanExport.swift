import Glibc

/// A copy without the poisoned samples, and the relabels beside it: what is kept is not repaired.
struct CleanExport {
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
    let side = try relabels.count > 0 ? ExportTarget(target.path + ".relabels.csv", kind: .file) : nil
    var isSideInPlace = false
    do {
      try target.fill { temporary in
        var output = try FileWriter(path: temporary, mode: 0o666)
        try copy.write(to: &output)
        try output.finish()
        try side?.fill { temporary in
          var output = try FileWriter(path: temporary, mode: 0o666)
          try relabels.write(to: &output)
          try output.finish()
        }
        isSideInPlace = side != nil
      }
    } catch {
      if isSideInPlace, let side { unlink(side.path) }
      throw error
    }
    return side?.path
  }
}

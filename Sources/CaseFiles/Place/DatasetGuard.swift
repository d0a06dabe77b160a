import Glibc

/// Keeps a case apart from its dataset: it is never the dataset, never lies in it and never holds it. Compared by
/// resolved path and by device and inode, which bind mounts do not change.
struct DatasetGuard {
  private let path: String
  private let resolved: String
  private let identity: FileIdentity
  /// The dataset and the folders above it.
  private let lineage: Set<FileIdentity>

  /// Nil where there is no such dataset: nothing is to be kept.
  init?(dataset path: String) throws(CaseFileError) {
    func problem() -> CaseFileError { CaseFileError(.unreadable, path, String(cString: strerror(errno))) }
    var status = stat()
    guard let resolved = FilePath.resolved(path), stat(resolved, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw problem()
    }
    self.path = path
    self.resolved = resolved
    identity = status.identity
    let folder = try OpenFolder(
      path: status.isFolder ? resolved : FilePath.parent(of: resolved), isForLookup: true)
    lineage = Set(try folder.ancestors()).union([status.identity])
  }

  /// - Parameters:
  ///   - folder: the folder that the case lies in, without links.
  ///   - resolved: the path of the case without links.
  func check(_ resolved: String, in folder: OpenFolder) throws(CaseFileError) {
    let isBelow = (resolved + "/").hasPrefix(self.resolved + "/")
    guard try !folder.ancestors().contains(identity), !isBelow else {
      throw refusal(resolved, resolved == self.resolved ? "is the dataset" : "lies in the dataset \(path)")
    }
    let holds = (self.resolved + "/").hasPrefix(resolved == "/" ? "/" : resolved + "/")
    guard !holds else { throw refusal(resolved, "holds the dataset \(path)") }
  }

  /// - Parameter found: what has the name of the case.
  func check(_ resolved: String, found: FileIdentity) throws(CaseFileError) {
    guard found != identity else { throw refusal(resolved, "is the dataset") }
    guard !lineage.contains(found) else { throw refusal(resolved, "holds the dataset \(path)") }
  }

  private func refusal(_ resolved: String, _ reason: String) -> CaseFileError {
    CaseFileError(
      .cannotWrite, resolved, "\(reason), which is never written to; name another place with --case")
  }
}

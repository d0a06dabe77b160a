import Glibc
import Review

/// Where a case lies or shall lie. A link in its path is followed once, when the value is made; from then on everything
/// happens in the folder that was found then.
package struct CasePlace {
  /// As a person named it.
  package let path: String
  let parent: OpenFolder
  let name: FileName
  /// Without links.
  private let resolved: String
  private let dataset: DatasetGuard?

  /// - Parameter dataset: the path of the dataset, which the case must not touch.
  /// - Throws: `CaseFileError` where the place is the dataset, lies in it or holds it, or cannot be reached.
  package init(
    _ path: String, dataset: String, operations: FileOperations = .real
  ) throws(CaseFileError) {
    self = try CasePlace(path, guarded: DatasetGuard(dataset: dataset), operations)
  }

  /// For what changes a case that is there, and nothing else.
  init(existing path: String) throws(CaseFileError) { self = try CasePlace(path, guarded: nil, .real) }

  private init(_ path: String, guarded dataset: DatasetGuard?, _ operations: FileOperations)
    throws(CaseFileError)
  {
    self.path = path
    self.dataset = dataset
    resolved = try Self.resolve(path)
    guard resolved != "/" else {
      throw CaseFileError(.cannotWrite, path, "is no place for a case; name another one with --case")
    }
    parent = try OpenFolder(
      path: FilePath.parent(of: resolved), isForLookup: true, operations: operations)
    name = FileName(FilePath.name(of: resolved))
    try dataset?.check(resolved, in: parent)
    if let found = try parent.status(of: name) { try dataset?.check(resolved, found: found.identity) }
  }

  private static func resolve(_ path: String) throws(CaseFileError) -> String {
    func problem(_ message: String = String(cString: strerror(errno))) -> CaseFileError {
      CaseFileError(.cannotWrite, path, message)
    }
    let path = FilePath.withoutTrailingSlashes(path)
    guard !path.isEmpty else { throw problem("the name of the case is empty") }
    if let resolved = FilePath.resolved(path) { return resolved }
    guard errno == ENOENT else { throw problem() }
    var status = stat()
    guard lstat(path, &status) != 0 else { throw problem("is a link to nothing") }
    guard errno == ENOENT, let folder = FilePath.resolved(FilePath.parent(of: path)) else { throw problem() }
    return (folder == "/" ? "" : folder) + "/" + FilePath.name(of: path)
  }

  /// Ends what a process began here that was killed while it replaced a case.
  package func recover() throws(CaseFileError) { try CaseRecovery.recover(self) }

  /// What is at the place.
  enum Standing {
    case absent
    case folder(OpenFolder, CaseContents)
  }

  /// - Throws: `CaseFileError` with the reason where a case may not take the place.
  func standing() throws(CaseFileError) -> Standing {
    guard let status = try parent.status(of: name) else { return .absent }
    guard status.isFolder else {
      throw CaseFileError(
        .cannotWrite, path,
        "is \(status.isLink ? "a link" : "no folder"); nothing is replaced, name another place with --case")
    }
    let folder = try parent.folder(name)
    try dataset?.check(resolved, in: parent)
    try dataset?.check(resolved, found: folder.status().identity)
    return .folder(folder, try CaseContents(of: folder))
  }

  /// Said before minutes of work are lost.
  /// - Throws: `CaseFileError` when a case may not, or cannot, be written here.
  package func checkWritable() throws(CaseFileError) {
    guard faccessat(parent.descriptor, ".", W_OK, 0) == 0 else {
      throw CaseFileError(
        .cannotWrite, path, "\(String(cString: strerror(errno))); name another place with --case")
    }
    _ = try standing()
  }

  /// Nobody else replaces a case in the same folder, or notes a journal in one, meanwhile.
  /// - Parameters:
  ///   - patience: milliseconds to wait for it.
  ///   - body: is given the folder of the place, which holds the lock.
  func withLock<Result>(
    patience: Int = 60_000, _ body: (_ parent: OpenFolder) throws(CaseFileError) -> Result
  ) throws(CaseFileError) -> Result {
    let locked = try parent.reopened()
    switch FileLock.take(locked.descriptor, patience: patience) {
    // Without locks on this file system the renames that follow overwrite nothing either.
    case .held, .failed(_, isUnsupported: true): return try body(locked)
    case .busy(let holder):
      throw CaseFileError(.busy, parent.path, "\(holder) holds the lock of this folder; try again")
    case .failed(let reason, _): throw CaseFileError(.cannotWrite, parent.path, reason)
    }
  }
}

/// Keeps folders of many cases apart from datasets.
extension CasePlace {
  /// - Throws: `CaseFileError` where `folder`, which need not be there, lies in the dataset or is it.
  package static func check(folderOfCases folder: String, apartFrom dataset: String) throws(CaseFileError) {
    var existing = FilePath.withoutTrailingSlashes(folder)
    while FilePath.resolved(existing) == nil, existing != "/", existing != "." {
      existing = FilePath.parent(of: existing)
    }
    guard let resolved = FilePath.resolved(existing) else { return }
    let place = (resolved == "/" ? "" : resolved) + "/case"
    try DatasetGuard(dataset: dataset)?.check(place, in: OpenFolder(path: resolved, isForLookup: true))
  }
}

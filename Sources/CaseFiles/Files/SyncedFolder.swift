import Glibc

/// A new folder whose files are on stable storage when `synchronize` returns.
struct SyncedFolder {
  let folder: OpenFolder
  private let fileMode: mode_t

  init(path: String, mode: mode_t = 0o700, fileMode: mode_t = 0o600) throws(CaseFileError) {
    guard mkdir(path, mode) == 0 else {
      throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno)))
    }
    folder = try OpenFolder(path: path)
    self.fileMode = fileMode
  }

  /// For its owner alone.
  init(in parent: OpenFolder, name: FileName) throws(CaseFileError) {
    folder = try parent.makeFolder(name)
    fileMode = 0o600
  }

  func subfolder(_ name: FileName) throws(CaseFileError) -> SyncedFolder {
    try SyncedFolder(in: folder, name: name)
  }

  func write(
    _ name: String, _ body: (inout FileWriter) throws(CaseFileError) -> Void
  ) throws(CaseFileError) {
    var file = try FileWriter(in: folder, name: FileName(name), mode: fileMode)
    try body(&file)
    try file.finish()
  }

  func synchronize() throws(CaseFileError) { try folder.synchronize() }
}

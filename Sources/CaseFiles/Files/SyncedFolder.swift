import Foundation
import Glibc

/// A new folder whose files are on stable storage when `synchronize` returns.
struct SyncedFolder {
  let path: String
  private let fileMode: mode_t

  init(path: String, mode: mode_t = 0o700, fileMode: mode_t = 0o600) throws(CaseFileError) {
    self.path = path
    self.fileMode = fileMode
    guard mkdir(path, mode) == 0 else {
      throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno)))
    }
  }

  func subfolder(_ name: String) throws(CaseFileError) -> SyncedFolder {
    try SyncedFolder(path: path + "/" + name)
  }

  func write(
    _ name: String, _ body: (inout FileWriter) throws(CaseFileError) -> Void
  ) throws(CaseFileError) {
    var file = try FileWriter(path: path + "/" + name, mode: fileMode)
    try body(&file)
    try file.finish()
  }

  func synchronize() throws(CaseFileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CaseFileError(.writeFailed, path, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw CaseFileError(.writeFailed, path, String(cString: strerror(errno)))
    }
  }
}

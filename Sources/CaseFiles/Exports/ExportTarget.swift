import Foundation
import Glibc

/// The file or folder that an export becomes. It is written under another name beside its place and moved there when
/// it is whole; what is there already is never touched, unless it is empty.
struct ExportTarget {
  enum Kind { case file, folder }
  let path: String
  private let kind: Kind
  private let policy: FilePlace.Policy

  /// - Throws: `CaseFileError` when something is there that is not empty.
  init(_ path: String, kind: Kind) throws(CaseFileError) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard !path.isEmpty else { throw CaseFileError(.cannotWrite, "--output", "is empty") }
    self.path = path
    self.kind = kind
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno))) }
      policy = .onlyIfAbsent
      return
    }
    let isEmpty =
      switch (kind, status.st_mode & S_IFMT) {
      case (.file, S_IFREG): status.st_size == 0
      case (.folder, S_IFDIR): (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty ?? false
      default: false
      }
    guard isEmpty else { throw CaseFileError(.cannotWrite, path, "is there already; nothing is overwritten") }
    policy = .overEmpty
  }

  /// - Parameter body: writes the whole export, synced, at the path that it is given.
  func fill<Result>(_ body: (_ temporary: String) throws -> Result) throws -> Result {
    let temporary = "\(path).writing-\(getpid())"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      let result = try body(temporary)
      try FilePlace.move(temporary, to: path, policy)
      return result
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      // What a person asked for is the target; they need not know of the other name.
      guard let problem = error as? CaseFileError, problem.path.hasPrefix(temporary) else { throw error }
      throw CaseFileError(
        problem.kind, path + problem.path.dropFirst(temporary.count), problem.message)
    }
  }
}

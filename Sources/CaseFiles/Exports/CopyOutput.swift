import Formats
import Glibc

/// The files of a copy of imported samples: one by one into a folder, whose subfolders are made as they come, or into the
/// one file that the copy is.
final class CopyOutput: ImportedOutput {
  private let path: String
  private let isFolder: Bool
  private var file: FileWriter?
  private var made: Set<String> = []

  /// - Parameter path: of a folder that is there, or of a file that is not.
  init(path: String, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
  }

  func begin(_ name: String) throws {
    try finishFile()
    guard isFolder else {
      file = try FileWriter(path: path, mode: 0o666)
      return
    }
    let parts = name.split(separator: "/").filter { $0 != "." }
    guard !parts.isEmpty, !parts.contains("..") else {
      throw CaseFileError(.invalid, name, "is no name within a folder")
    }
    var folder = ""
    for part in parts.dropLast() {
      folder += "/" + part
      guard made.insert(folder).inserted, mkdir(path + folder, 0o777) != 0, errno != EEXIST else { continue }
      throw CaseFileError(.cannotWrite, path + folder, String(cString: strerror(errno)))
    }
    file = try FileWriter(path: path + "/" + parts.joined(separator: "/"), mode: 0o666)
  }

  /// A file that `body` writes as a whole.
  func write(_ name: String, _ body: (inout FileWriter) throws -> Void) throws {
    try begin(name)
    guard var output = file.take() else { return }
    try body(&output)
    try output.finish()
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws { try file?.append(bytes) }

  /// All of it is on stable storage when this returns, but for the names in the folder itself.
  func finish() throws {
    try finishFile()
    for folder in made.sorted() { try OpenFolder(path: path + folder).synchronize() }
  }

  private func finishFile() throws {
    try file?.finish()
    file = nil
  }
}

import Foundation
import Glibc

/// All that lies beneath a folder, byte for byte: by path its kind, its mode, and its content or where it points.
struct FolderTree: Equatable {
  private(set) var entries: [String: String] = [:]

  init(_ path: String) throws { try add(path, as: "") }

  /// The names beneath, at every depth, sorted.
  var names: [String] { entries.keys.filter { !$0.isEmpty }.sorted() }

  private mutating func add(_ path: String, as name: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    let mode = String(status.st_mode, radix: 8)
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      entries[name] = "folder \(mode)"
      for entry in try FileManager.default.contentsOfDirectory(atPath: path) {
        try add(path + "/" + entry, as: name.isEmpty ? entry : name + "/" + entry)
      }
    case S_IFLNK:
      entries[name] = "link to \(try FileManager.default.destinationOfSymbolicLink(atPath: path))"
    case S_IFREG:
      entries[name] =
        "file \(mode) " + (try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString())
    default: entries[name] = "other \(mode)"
    }
  }
}

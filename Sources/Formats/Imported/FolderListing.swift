import Glibc
import Model

/// The files beneath a folder by their names in it, in the order of their bytes. Links to folders are not followed, and
/// what is hidden is passed over.
struct FolderListing: Sendable {
  let folder: String
  let files: [String]

  private static let maxDepth = 8
  private static let maxFiles = 4_000_000

  /// - Throws: `FormatError` for more files than can be a dataset.
  init(_ folder: String) throws(FormatError) {
    self.folder = folder
    var files: [String] = []
    var open = [""]
    while let next = open.popLast() {
      for (name, isFolder) in Self.entries(of: folder + "/" + next) {
        let path = next.isEmpty ? name : next + "/" + name
        if isFolder {
          if path.utf8.count(where: { $0 == UInt8(ascii: "/") }) < Self.maxDepth { open.append(path) }
        } else {
          files.append(path)
        }
      }
      guard files.count <= Self.maxFiles else {
        throw FormatError(folder, "holds more than \(Self.maxFiles) files")
      }
    }
    self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What lies in a folder itself, in the order of the names.
  static func names(in folder: String) -> [String] { entries(of: folder).map(\.name).sorted() }

  private static func entries(of path: String) -> [(name: String, isFolder: Bool)] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var entries: [(String, Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      guard fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      entries.append((name, status.st_mode & S_IFMT == S_IFDIR))
    }
    return entries
  }

  func files(ending extensions: Set<String>) -> [String] {
    files.filter { name in
      guard let point = name.lastIndex(of: ".") else { return false }
      return extensions.contains(name[name.index(after: point)...].lowercased())
    }
  }
}

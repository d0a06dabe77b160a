import Foundation
import Glibc

/// What in a folder looks like a dataset, for who does not know what to type. Told by names alone: nothing is opened, and of
/// large folders the first names are looked at.
package enum NearbyDatasets {
  /// Entries of a folder that are looked at.
  private static let entryLimit = 500
  private static let folderLimit = 20
  private static let pictures: Set = ["png", "jpg", "jpeg", "webp", "bmp"]
  /// Those of tables and arrays. JSON has more often than not another purpose.
  private static let files = Set(DatasetFormats.all.flatMap(\.extensions)).subtracting(["json", "bin"])

  /// Names relative to `folder`, in order; of folders that are no datasets those within them.
  package static func names(in folder: String) -> [String] {
    let entries = entries(of: folder)
    var found = entries.filter { !$0.isFolder && isDataset($0.name) }.map(\.name)
    for entry in entries.filter(\.isFolder).prefix(folderLimit) {
      let path = folder + "/" + entry.name
      let inner = Self.entries(of: path)
      if isDataset(path, inner) {
        found.append(entry.name)
        continue
      }
      for child in inner.prefix(folderLimit) where child.isFolder {
        let place = path + "/" + child.name
        if isDataset(place, Self.entries(of: place)) { found.append(entry.name + "/" + child.name) }
      }
    }
    return found.sorted()
  }

  private static func ending(_ name: String) -> String {
    name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
  }

  private static func isDataset(_ name: String) -> Bool {
    files.contains(ending(DatasetFormats.uncompressedName(name)))
  }

  /// Whether a folder holds one of the files of a dataset, or a folder with pictures for each class.
  private static func isDataset(_ path: String, _ entries: [(name: String, isFolder: Bool)]) -> Bool {
    if entries.contains(where: { !$0.isFolder && DatasetFiles.isFileOfDataset($0.name) }) { return true }
    return entries.filter(\.isFolder).prefix(3).contains { folder in
      Self.entries(of: path + "/" + folder.name, limit: 20).contains { pictures.contains(ending($0.name)) }
    }
  }

  /// But for hidden ones and cases, in order.
  private static func entries(of folder: String, limit: Int = entryLimit) -> [(name: String, isFolder: Bool)]
  {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [(name: String, isFolder: Bool)] = []
    for _ in 0..<limit {
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          String(cString: $0)
        }
      }
      var status = stat()
      guard !name.hasPrefix("."), !name.hasSuffix(".case"), stat(folder + "/" + name, &status) == 0 else {
        continue
      }
      let kind = status.st_mode & S_IFMT
      if kind == S_IFDIR || kind == S_IFREG { found.append((name, kind == S_IFDIR)) }
    }
    return found.sorted { $0.name < $1.name }
  }
}

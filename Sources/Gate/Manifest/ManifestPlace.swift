import Foundation

/// Where manifests of a dataset lie, and the files that they should list.
struct ManifestPlace {
  /// The dataset's folder, or the one that its file lies in.
  let folder: String
  private let dataset: String
  private let isFolder: Bool

  /// Croissant, sha256sum, BagIt (RFC 8493).
  private static let names = [
    "croissant.json", "croissant.jsonld", "SHA256SUMS", "SHA256SUMS.txt", "sha256sums.txt",
    "manifest-sha256.txt",
    "MANIFEST.sha256",
  ]

  init(dataset: String) {
    self.dataset = dataset
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: dataset, isDirectory: &isDirectory)
    isFolder = exists && isDirectory.boolValue
    let parent = URL(fileURLWithPath: dataset).deletingLastPathComponent().path
    folder = isFolder ? dataset : parent
  }

  /// Of a path in a policy.
  func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + "/" + name }

  /// The manifests that lie where they usually do. Beside a single file lie the manifests of others too, so that only one
  /// with its name counts.
  func found() -> [String] {
    let paths =
      isFolder ? Self.names.map { folder + "/" + $0 } : [dataset + ".sha256", dataset + ".sha256sum"]
    return paths.filter { FileManager.default.fileExists(atPath: $0) }
  }

  /// What is no data: it tells of the data.
  private static func isDocument(_ name: String) -> Bool {
    name.hasSuffix(".md") || name.hasPrefix("LICENSE") || name.hasPrefix("CITATION")
  }

  /// Without links; documents and hidden files left out.
  func files() -> [String] {
    guard isFolder else { return [Self.resolved(dataset)].compactMap(\.self) }
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    while let name = walk.nextObject() as? String {
      let parts = name.split(separator: "/")
      if parts.contains(where: { $0.hasPrefix(".") }) || Self.isDocument(parts.last.map(String.init) ?? "") {
        continue
      }
      var isDirectory: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
        let real = Self.resolved(path)
      else { continue }
      files.append(real)
    }
    return files.sorted()
  }

  /// A file as a person knows it: below the folder.
  func shown(_ path: String) -> String {
    let root = (Self.resolved(folder) ?? folder) + "/"
    return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
  }

  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

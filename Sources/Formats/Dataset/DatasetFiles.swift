import Glibc
import Model

/// The files that make up a dataset, found by the names of the contract and kept beneath its folder.
package struct DatasetFiles: Sendable {
  /// Path by role name, such as "features.npy" or "records".
  let paths: [String: String]
  let name: String
  let recordFormat: RecordFile.Format?
  /// Names of the files of the folder that nothing is taken from.
  let unread: [String]

  private static let arrays = [
    "dataset.json", "features.npy", "labels.npy", "pred_probs.npy", "images.npy", "training_dynamics.npy",
    "metadata.csv",
  ]
  private static let tables: [(String, RecordFile.Format)] = [
    ("data.jsonl", .jsonl), ("data.csv", .csv), ("data.tsv", .tsv), ("data.json", .json),
  ]

  /// Whether a file of this name makes the folder that it lies in a dataset.
  package static func isFileOfDataset(_ name: String) -> Bool {
    arrays.contains(name) || name.hasPrefix("data.")
  }

  /// Names of the files of a folder that a dataset is read from.
  package static let namesRead = arrays + tables.map(\.0)

  init(_ path: String, options: DatasetOptions) throws(FormatError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FormatError(path, String(cString: strerror(errno)), kind: .notFound)
    }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let last = path.split(separator: "/").last.map(String.init) ?? path
    var paths: [String: String] = [:]
    var format: RecordFile.Format?
    if status.st_mode & S_IFMT == S_IFDIR {
      name = last
      for file in Self.arrays where access(path + "/" + file, F_OK) == 0 {
        paths[file] = try Self.beneath(path, file)
      }
      for (file, kind) in Self.tables where access(path + "/" + file, F_OK) == 0 {
        guard format == nil else {
          throw FormatError(path, "holds several of data.jsonl, data.csv, data.tsv and data.json")
        }
        paths["records"] = try Self.beneath(path, file)
        format = kind
      }
      if paths.isEmpty && options.featuresPath == nil {
        throw FormatError(path, Self.nothingKnown(in: path))
      }
      unread = Self.others(in: path, known: Set(paths.values))
    } else {
      unread = []
      let stem = last.split(separator: ".").dropLast().joined(separator: ".")
      name = stem.isEmpty ? last : stem
      if last.lowercased().hasSuffix(".npy") {
        paths["features.npy"] = path
      } else {
        format = try Self.format(of: path, name: last)
      }
      if format != nil { paths["records"] = path }
    }
    if let features = options.featuresPath { paths["features.npy"] = features }
    if let probabilities = options.probabilitiesPath { paths["pred_probs.npy"] = probabilities }
    self.paths = paths
    recordFormat = format
  }

  /// By the file's name, or by how it begins where the name does not tell.
  private static func format(of path: String, name: String) throws(FormatError) -> RecordFile.Format {
    switch name.split(separator: ".").last.map({ $0.lowercased() }) {
    case "csv": return .csv
    case "tsv", "tab": return .tsv
    case "jsonl", "ndjson": return .jsonl
    case "json":
      let file = try MappedFile(path: path, name: name)
      let layout = JSONLayout(file.bytes, start: 0, isLines: false)
      if layout.noTable == JSONOnlyObject.description {
        _ = try DatasetDescription.read(path: path, name: name)
        throw FormatError(path, JSONOnlyObject.description)
      }
      return .json
    case "npz":
      throw FormatError(path, "NPZ is not read; unpack it into a folder with features.npy and labels.npy")
    case "gz": throw FormatError(path, "is compressed; unpack it first: gunzip -k '\(name)'")
    case "zst": throw FormatError(path, "is compressed; unpack it first: zstd -d '\(name)'")
    case "zip", "xz", "bz2": throw FormatError(path, "is compressed; unpack it first")
    case "parquet", "xlsx", "xls", "arrow", "feather", "pkl", "pickle", "h5":
      throw FormatError(path, "this format is not read; save it as CSV or JSON Lines")
    case "txt", "dat", "data", "text", "psv", "all-data":
      let file = try MappedFile(path: path, name: name)
      let first = file.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .jsonl : .csv
    default:
      throw FormatError(
        path, "not a folder and no .csv, .tsv, .jsonl, .json or .npy file; other formats are not read yet")
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < 10_000, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func others(in folder: String, known: Set<String>) -> [String] {
    names(in: folder).filter { !known.contains(folder + "/" + $0) }
  }

  /// With the cure, where the folder holds arrays or tables under other names.
  private static func nothingKnown(in folder: String) -> String {
    let found = names(in: folder).filter { name in
      [".npy", ".csv", ".tsv", ".json", ".jsonl"].contains { name.lowercased().hasSuffix($0) }
    }
    let message = "holds none of dataset.json, features.npy, images.npy, labels.npy, data.jsonl, data.csv"
    guard !found.isEmpty else { return message }
    return message
      + "; there are \(found.prefix(8).joined(separator: ", ")): link or rename them to these names"
  }

  /// `folder/file`, unless it is a link that leads out of the folder.
  private static func beneath(_ folder: String, _ file: String) throws(FormatError) -> String {
    let path = folder + "/" + file
    guard let root = resolved(folder), let real = resolved(path) else {
      throw FormatError(path, String(cString: strerror(errno)))
    }
    guard real.hasPrefix(root + "/") else {
      throw FormatError(path, "is a link that leaves the dataset folder")
    }
    return path
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  func path(_ role: String) -> String? { paths[role] }

  /// Names, sizes, times of change and inodes of all files: equal means that nothing was touched since.
  func fingerprint() throws(FormatError) -> String {
    var parts: [String] = []
    for (role, path) in paths.sorted(by: { $0.key < $1.key }) {
      var status = stat()
      guard stat(path, &status) == 0 else {
        throw FormatError(path, String(cString: strerror(errno)), kind: .notFound)
      }
      parts.append(
        "\(role):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec):\(status.st_ino)")
    }
    return parts.joined(separator: "|")
  }

  /// SHA-256 over, for each file in the order of its role's name: the role, a zero byte, the length as 8 bytes
  /// little-endian, the content.
  func digest() throws(FormatError) -> Digest {
    var hasher = SHA256()
    for (role, path) in paths.sorted(by: { $0.key < $1.key }) {
      let file = try MappedFile(path: path)
      hasher.update(Array(role.utf8) + [0])
      withUnsafeBytes(of: UInt64(file.bytes.count).littleEndian) { hasher.update($0) }
      hasher.update(file.bytes)
    }
    return hasher.digest
  }
}

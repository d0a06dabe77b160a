import Glibc
import Model

/// The files that make up a dataset, found by the names of the contract and kept beneath its folder.
package struct DatasetFiles: Sendable {
  /// Path by role name, such as "features.npy" or "records".
  let paths: [String: String]
  let name: String
  /// What names of files in the dataset are relative to.
  let folder: String
  /// Reads what is no text and no array; nil where the dataset is either.
  let importer: Importer?
  /// By the roles of the files that hold records.
  private let recordFormats: [String: any RecordFormat]
  /// Names of the files of the folder that nothing is taken from.
  let unread: [String]
  /// Class names in order, where files beside the arrays tell them.
  let classes: [String]
  /// Files that are read under other names than those of the contract.
  let notes: [String]

  /// What the role of a file that an imported format reads begins with; the file's name follows.
  static let filePrefix = "file "

  static let arrays = [
    "dataset.json", "features.npy", "labels.npy", "pred_probs.npy", "images.npy", "training_dynamics.npy",
    "metadata.csv",
  ]

  /// Whether a file of this name makes the folder that it lies in a dataset.
  package static func isFileOfDataset(_ name: String) -> Bool {
    arrays.contains(name) || name.hasPrefix("data.")
  }

  /// Names of the files of a folder that a dataset is read from.
  package static let namesRead = arrays + DatasetFormats.recordFileNames.map(\.name)

  init(_ path: String, options: DatasetOptions) throws(FormatError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FormatError(path, String(cString: strerror(errno)), kind: .notFound)
    }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    let found =
      try isFolder ? FoundFiles(inFolder: path, name: last, options) : FoundFiles(file: path, name: last)
    (name, folder, importer) = (found.name, found.folder, found.importer)
    (notes, unread, classes) = (found.notes, found.unread, found.classes)
    var paths = found.paths
    if let features = options.featuresPath { paths["features.npy"] = features }
    if let probabilities = options.probabilitiesPath { paths["pred_probs.npy"] = probabilities }
    self.paths = paths
    recordFormats = ["records": found.recordFormat, "metadata.csv": DelimitedFormat.csv].compactMapValues(
      \.self)
  }

  /// Whether samples without ids are called by what their records hold: not by their pictures, nor by another table.
  var areNamedByRecords: Bool {
    get throws(FormatError) {
      guard path("images.npy") == nil, path("metadata.csv") == nil else { return false }
      return try importer?.samples().pictures == nil
    }
  }

  /// The records of a role as their index has them, without a look at them; nil where the index is of another text.
  func records(_ role: String, index: RecordIndex, options: DatasetOptions) throws(FormatError) -> RecordScan?
  {
    if role == "records", let importer {
      return RecordScan(
        imported: try importer.samples(), index: index, of: importer.format.name, name: name)
    }
    guard let path = path(role), let format = recordFormats[role] else { return nil }
    let name = DatasetParts.shortName(path)
    let text = try RecordText(path: path, name: name, encoding: options.encoding)
    return RecordScan(text, index: index, of: format.name, name: name)
  }

  /// The records of a role, looked at; nil where the dataset has no such file, or one that holds no records.
  /// - Parameter options: of the whole dataset.
  func records(_ role: String, options: DatasetOptions) throws(FormatError) -> RecordScan? {
    if role == "records", let importer {
      return try RecordScan(
        imported: importer.samples(), of: importer.format.name, name: name, options: options)
    }
    guard let path = path(role), let format = recordFormats[role] else { return nil }
    return try RecordScan(
      path: path, name: DatasetParts.shortName(path), format: format,
      options: self.options(options, for: role))
  }

  /// What of the options is about the file of a role.
  func options(_ options: DatasetOptions, for role: String) -> DatasetOptions {
    role == "metadata.csv" ? options.forMetadata : options
  }

  /// `folder/file`, unless it leads out of the folder.
  static func beneath(_ folder: String, _ file: String) throws(FormatError) -> String {
    let path = file.hasPrefix("/") ? file : folder + "/" + file
    guard let root = resolved(folder), let real = resolved(path) else {
      throw FormatError(path, String(cString: strerror(errno)))
    }
    guard real.hasPrefix(root + "/") else {
      throw FormatError(path, "leaves the dataset folder")
    }
    return path
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  func path(_ role: String) -> String? { paths[role] }

  /// By role what is a file; the arrays of a bundle are in one.
  private var stored: [(role: String, path: String)] {
    paths.filter { MemberPath.parts(of: $0.value) == nil }.sorted { $0.key < $1.key }
      .map { (role: $0.key, path: $0.value) }
  }

  /// Names, sizes, times of change and inodes of all files: equal means that nothing was touched since.
  func fingerprint() throws(FormatError) -> String {
    var parts: [String] = []
    for (role, path) in stored {
      var status = stat()
      // A link that leads nowhere is a file itself.
      guard stat(path, &status) == 0 || lstat(path, &status) == 0 else {
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
    for (role, path) in stored {
      let file = try isClosed(role) ? nil : MappedFile(path: path)
      hasher.update(Array(role.utf8) + [0])
      withUnsafeBytes(of: UInt64(file?.bytes.count ?? 0).littleEndian) { hasher.update($0) }
      file?.withBytes { hasher.update($0) }
    }
    return hasher.digest
  }

  /// Whether a role is that of a file among many which is none that is read: a pipe, or a link that leaves the folder. It is
  /// not opened, and its sample says so.
  private func isClosed(_ role: String) -> Bool {
    guard role.hasPrefix(Self.filePrefix), importer?.files.first?.isFound == true else { return false }
    let name = String(role.dropFirst(Self.filePrefix.count))
    var status = stat()
    guard let path = try? Self.beneath(folder, name), stat(path, &status) == 0 else { return true }
    return status.st_mode & S_IFMT != S_IFREG
  }
}

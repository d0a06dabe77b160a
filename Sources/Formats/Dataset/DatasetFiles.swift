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

  /// Before the names of files whose role their format knows.
  static let filePrefix = "file "

  private static let arrays = [
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
    var paths: [String: String] = [:]
    var recordFormat: (any RecordFormat)?
    var importer: Importer?
    if status.st_mode & S_IFMT == S_IFDIR {
      name = last
      folder = path
      for file in Self.arrays where access(path + "/" + file, F_OK) == 0 {
        paths[file] = try Self.beneath(path, file)
      }
      for (file, format) in DatasetFormats.recordFileNames where access(path + "/" + file, F_OK) == 0 {
        guard recordFormat == nil else {
          throw FormatError(
            path, "holds several of \(listed(DatasetFormats.recordFiles.map(\.name), "and"))")
        }
        paths["records"] = try Self.beneath(path, file)
        recordFormat = format
      }
      if paths.keys.allSatisfy(Self.descriptions.contains), options.featuresPath == nil {
        let listing = try FolderListing(path)
        if let described = Self.pictureList(in: listing) {
          paths["metadata.csv"] = nil
          paths["records"] = try Self.beneath(path, described.name)
          recordFormat = described.format
        } else {
          importer = DatasetFormats.importer(of: listing, name: name)
        }
        for file in importer?.files ?? [] { paths[Self.filePrefix + file] = path + "/" + file }
      }
      if paths.isEmpty && options.featuresPath == nil {
        throw FormatError(path, Self.nothingKnown(in: path))
      }
      unread = importer == nil ? Self.others(in: path, known: Set(paths.values)) : []
    } else {
      unread = []
      folder =
        path.contains("/") ? String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) : "."
      let stem = DatasetFormats.uncompressedName(last).split(separator: ".").dropLast().joined(separator: ".")
      name = stem.isEmpty ? last : stem
      let format = try DatasetFormats.format(of: path, name: last)
      if let imported = format as? any ImportedFormat {
        importer = Importer(imported, [last], in: folder, name: last)
        paths[Self.filePrefix + last] = path
      } else {
        paths[format.role] = path
        recordFormat = format as? any RecordFormat
      }
    }
    if let features = options.featuresPath { paths["features.npy"] = features }
    if let probabilities = options.probabilitiesPath { paths["pred_probs.npy"] = probabilities }
    self.paths = paths
    self.importer = importer
    recordFormats = ["records": recordFormat, "metadata.csv": DelimitedFormat.csv].compactMapValues(\.self)
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

  /// Files of a folder that describe other files and are no samples themselves.
  private static let descriptions = ["dataset.json", "metadata.csv"]

  /// The file that lists the pictures of a folder, a row each.
  private static func pictureList(in listing: FolderListing) -> (name: String, format: any RecordFormat)? {
    guard !LabelledFolder.pictures.files(of: listing).isEmpty else { return nil }
    return DatasetFormats.recordFiles.lazy.map { file in
      (name: "metadata." + file.format.fileExtension, format: file.format)
    }.first { listing.files.contains($0.name) }
  }

  /// What of the options is about the file of a role.
  func options(_ options: DatasetOptions, for role: String) -> DatasetOptions {
    role == "metadata.csv" ? options.forMetadata : options
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
      DatasetFormats.all.contains { name.lowercased().hasSuffix("." + $0.fileExtension) }
    }
    let known = ["dataset.json", "features.npy", "images.npy", "labels.npy"]
    let message = "holds none of " + listed(known + DatasetFormats.recordFiles.map(\.name))
    guard !found.isEmpty else { return message }
    return message
      + "; there are \(found.prefix(8).joined(separator: ", ")): link or rename them to these names"
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

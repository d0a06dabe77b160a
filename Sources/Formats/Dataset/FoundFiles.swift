import Glibc
import Model

/// The files that a dataset is read from, by the names of the contract, by other names that people use, or by what they are.
struct FoundFiles {
  /// Path by role name.
  private(set) var paths: [String: String] = [:]
  let name: String
  /// What names of files in the dataset are relative to.
  let folder: String
  private(set) var recordFormat: (any RecordFormat)?
  private(set) var importer: Importer?
  private(set) var notes: [String] = []
  private(set) var unread: [String] = []
  /// Class names in order, where files beside the arrays tell them.
  private(set) var classes: [String] = []

  /// A dataset that is one file.
  init(file path: String, name last: String) throws(FormatError) {
    folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let stem = DatasetFormats.uncompressedName(last).split(separator: ".").dropLast().joined(separator: ".")
    name = stem.isEmpty ? last : stem
    switch try DatasetFormats.format(of: path, name: last) {
    case .imported(let format):
      importer = Importer(format, [SourceFile(named: last, in: folder)], name: last)
      paths[DatasetFiles.filePrefix + last] = path
    case .bundle(let format): try take(try format.bundle(at: path, name: last), at: path, name: last)
    case .records(let format):
      paths[format.role] = path
      recordFormat = format
    case .array(let format): paths[format.role] = path
    }
  }

  /// The arrays of a bundle in the roles that they play.
  private mutating func take(_ bundle: any ArrayBundle, at path: String, name: String) throws(FormatError) {
    for file in bundle.files { paths[DatasetFiles.filePrefix + DatasetParts.shortName(file)] = file }
    let roles = OtherArrayNames.found(in: bundle, at: path)
    guard roles["features.npy"] != nil || roles["images.npy"] != nil else {
      throw FormatError(
        name,
        "none of its arrays is called as pictures or features are (x_train, images, data, features, ...): it holds "
          + bundle.members.prefix(8).map { displayText($0) }.joined(separator: ", "))
    }
    for (role, member) in roles.sorted(by: { $0.key < $1.key }) {
      paths[role] = MemberPath.path(of: member, in: path)
      if member != role { notes.append("\(displayText(member)) is read as \(role)") }
    }
    unread += bundle.members.filter { !roles.values.contains($0) }
    classes = bundle.classes
  }

  init(inFolder path: String, name: String, _ options: DatasetOptions) throws(FormatError) {
    self.name = name
    folder = path
    for file in DatasetFiles.arrays where access(path + "/" + file, F_OK) == 0 {
      paths[file] = try DatasetFiles.beneath(path, file)
    }
    for (file, format) in DatasetFormats.recordFileNames where access(path + "/" + file, F_OK) == 0 {
      guard recordFormat == nil else {
        throw FormatError(path, "holds several of \(listed(DatasetFormats.recordFiles.map(\.name), "and"))")
      }
      paths["records"] = try DatasetFiles.beneath(path, file)
      recordFormat = format
    }
    if paths.keys.allSatisfy(Self.descriptions.contains), options.featuresPath == nil {
      try findOthers(options)
    }
    if paths.isEmpty && options.featuresPath == nil {
      throw FormatError(path, Self.nothingKnown(in: path))
    }
    if importer == nil { unread += Self.others(in: path, known: Set(paths.values)) }
  }

  /// Files of a folder that describe other files and are no samples themselves.
  private static let descriptions = ["dataset.json", "metadata.csv"]

  /// What a folder holds that has none of the names of the contract.
  private mutating func findOthers(_ options: DatasetOptions) throws(FormatError) {
    let listing = try FolderListing(folder)
    let arrays = OtherArrayNames.found(in: folder, listing.files)
    if arrays["features.npy"] != nil || arrays["images.npy"] != nil {
      for (role, file) in arrays.sorted(by: { $0.key < $1.key }) {
        paths[role] = try DatasetFiles.beneath(folder, file)
        notes.append("\(displayText(file)) is read as \(role)")
      }
    } else if let list = Self.pictureList(in: listing) {
      paths["metadata.csv"] = nil
      paths["records"] = try DatasetFiles.beneath(folder, list.name)
      recordFormat = list.format
    } else if let importer = Self.pictureTables(in: listing, name: name)
      ?? ShardedRecords.pictureLists(in: listing, name: name, options: options)
      ?? DatasetFormats.importer(of: listing, name: name, options: options)
    {
      self.importer = importer
      for file in importer.files { paths[DatasetFiles.filePrefix + file.name] = folder + "/" + file.name }
      unread += importer.format.unread(of: listing)
    } else if !CIFARBatches.batches(in: listing.files).isEmpty {
      // The last, as other folders may hold a train.bin too.
      try take(try CIFARBatches(folder), at: folder, name: name)
    }
  }

  /// The file that lists the pictures of a folder, a row each.
  private static func pictureList(in listing: FolderListing) -> (name: String, format: any RecordFormat)? {
    guard !LabelledFolder.pictures.files(of: listing).isEmpty else { return nil }
    return DatasetFormats.recordFiles.lazy.map { file in
      (name: "metadata." + file.format.fileExtension, format: file.format)
    }.first { listing.files.contains($0.name) }
  }

  /// The same where the lists are no text.
  private static func pictureTables(in listing: FolderListing, name: String) -> Importer? {
    let files = PictureTables().files(of: listing)
    guard !files.isEmpty else { return nil }
    return Importer(PictureTables(), files.map { SourceFile(found: $0, in: listing.folder) }, name: name)
  }

  private static func others(in folder: String, known: Set<String>) -> [String] {
    FolderListing.names(in: folder).filter { !known.contains(folder + "/" + $0) }
  }

  /// With the cure, where the folder holds arrays or tables under other names.
  private static func nothingKnown(in folder: String) -> String {
    let found = FolderListing.names(in: folder).filter { name in
      DatasetFormats.all.contains { name.lowercased().hasSuffix("." + $0.fileExtension) }
    }
    let known = ["dataset.json", "features.npy", "images.npy", "labels.npy"]
    let message = "holds none of " + listed(known + DatasetFormats.recordFiles.map(\.name))
    guard !found.isEmpty else { return message }
    return message
      + "; there are \(found.prefix(8).joined(separator: ", ")): link or rename them to these names"
  }
}

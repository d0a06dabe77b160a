import Model

/// What `save_to_disk` of Hugging Face's datasets leaves in a folder: Arrow streams, `state.json`, which lists them, and
/// `dataset_info.json`; of several splits a folder each, and `dataset_dict.json`, which names them.
struct SavedDataset {
  /// What describes the data, in the order in which it is found.
  let descriptions: [SourceFile]
  let data: [SourceFile]
  /// Of each file of data; nil where there is only one.
  let splits: [String]?

  static let state = "state.json"
  private static let dictionary = "dataset_dict.json"
  private static let info = "dataset_info.json"

  /// All files of such a folder; nil where it is another. What else lies in it, such as caches, is no part of it.
  static func files(of folder: FolderListing) -> [String]? {
    let known = Set(folder.files)
    let isDivided = known.contains(dictionary)
    guard isDivided || known.contains(state) else { return nil }
    var files = isDivided ? [dictionary] : []
    for part in isDivided ? parts(of: folder) : [""] {
      files += [part + state, part + info].filter(known.contains)
      let stateFile = SourceFile(found: part + state, in: folder.folder)
      // What cannot be read is told when the samples are.
      files += (try? dataFiles(stateFile)) ?? []
    }
    return files.filter(known.contains)
  }

  /// The folders of the splits, each with the slash behind it.
  private static func parts(of folder: FolderListing) -> [String] {
    let named = (try? splitNames(SourceFile(found: dictionary, in: folder.folder))) ?? []
    let known = Set(folder.files)
    return named.map { $0 + "/" }.filter { known.contains($0 + state) }
  }

  /// - Parameter files: those of `files(of:)`.
  /// - Returns: nil where they are no such folder.
  /// - Throws: `FormatError` where what describes the data cannot be read, or names what is not there.
  init?(_ files: [SourceFile]) throws(FormatError) {
    let descriptions = files.filter { $0.name.hasSuffix(".json") }
    guard !descriptions.isEmpty else { return nil }
    let named = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var parts = [""]
    if let dictionary = named[Self.dictionary] {
      parts = try Self.splitNames(dictionary).map { $0 + "/" }
    }
    var data: [SourceFile] = []
    var splits: [String] = []
    for part in parts {
      guard let state = named[part + Self.state] else {
        throw FormatError(displayText(part + Self.state), "is not there", kind: .notFound)
      }
      for name in try Self.dataFiles(state) {
        guard let file = named[name] else {
          throw FormatError(displayText(state.name), "names \(displayText(name)), which is not there")
        }
        data.append(file)
        splits.append(String(part.dropLast()))
      }
    }
    self.descriptions = descriptions
    self.data = data
    self.splits = parts.count > 1 ? splits : nil
  }

  private static func splitNames(_ file: SourceFile) throws(FormatError) -> [String] {
    guard let names = try strings(object(file)["splits"]), names.allSatisfy(isName) else {
      throw FormatError(displayText(file.name), "does not list the names of its splits")
    }
    return names
  }

  /// The files that a state lists, relative to the folder of the dataset.
  private static func dataFiles(_ state: SourceFile) throws(FormatError) -> [String] {
    let object = try object(state)
    if case .array(let indices)? = object["_indices_data_files"], !indices.isEmpty {
      throw FormatError(
        displayText(state.name),
        "names rows by indices, as datasets before 2.0 did, which is not read; load it and save it again")
    }
    guard case .array(let listed)? = object["_data_files"],
      let names = try strings(.array(listed.map { $0["filename"] ?? .null })), names.allSatisfy(isName)
    else { throw FormatError(displayText(state.name), "does not list the files of the dataset") }
    return names.map { state.name.dropLast(Self.state.count) + $0 }
  }

  /// Whether it is the name of a file of the same folder.
  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/")
  }

  private static func strings(_ value: JSONValue?) throws(FormatError) -> [String]? {
    guard case .array(let values)? = value else { return nil }
    let strings = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return strings.count == values.count ? strings : nil
  }

  private static let maxSize = 64 << 20

  private static func object(_ source: SourceFile) throws(FormatError) -> JSONValue {
    let file = try source.open()
    guard file.bytes.count <= maxSize else {
      throw FormatError(displayText(source.name), "\(file.bytes.count) bytes, more than \(maxSize)")
    }
    do throws(JSONParser.Problem) {
      return try file.withBytes { bytes throws(JSONParser.Problem) in
        try JSONParser.parse(bytes, in: 0..<bytes.count)
      }
    } catch {
      throw FormatError(displayText(source.name), "is no JSON: \(error)")
    }
  }
}

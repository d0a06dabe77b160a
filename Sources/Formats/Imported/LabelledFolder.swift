import Model

/// A folder with a file a sample: in a folder for each class, or all in one; such folders may lie in one for each split.
struct LabelledFolder: ImportedFormat {
  let name: String
  private let extensions: Set<String>
  /// Whether the files are texts; else they are pictures.
  private let areTexts: Bool

  static let pictures = LabelledFolder(
    name: "folder of pictures",
    extensions: ["png", "jpg", "jpeg", "webp", "bmp", "ppm", "pgm", "pbm", "pnm", "gif"], areTexts: false)
  static let texts = LabelledFolder(name: "folder of texts", extensions: ["txt", "text"], areTexts: true)

  let isFileEach = true
  private static let maxTextLength = 64 << 20

  /// Notes beside a few texts are no dataset of texts: those lie in folders of their classes.
  func files(of folder: FolderListing) -> [String] {
    let files = folder.files(ending: extensions)
    return areTexts ? files.filter { $0.contains("/") } : files
  }

  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples {
    var writer = try JSONLineWriter(name: name)
    let haveSplits = Self.haveSplits(files.map(\.name))
    let places = files.map { Place($0.name, hasSplit: haveSplits) }
    var problems: [FormatError] = []
    for (file, place) in zip(files, places) {
      try writer.append { line in
        if let problem = append(file, place, to: &line) { problems.append(problem) }
      }
    }
    let shown = problems.prefix(3).map(\.description).joined(separator: "; ")
    let note =
      "\(counted(problems.count, "file")) cannot be read as texts (\(shown)\(problems.count > 3 ? "; …" : ""))"
    return ImportedSamples(
      rows: .lines(try writer.finish()), count: files.count, pictures: nil,
      notes: problems.isEmpty ? [] : [note], places: SamplePlaces([], []),
      original: FolderOriginal(files: files, places: places))
  }

  func located(_ files: [SourceFile], _ places: SamplePlaces) -> (any LocatedSamples)? {
    LocatedFiles(folder: self, files: files, haveSplits: Self.haveSplits(files.map(\.name)))
  }

  /// - Returns: why the sample has no text, where it should have one.
  fileprivate func append(_ file: SourceFile, _ place: Place, to line: inout JSONLine) -> FormatError? {
    var problem: FormatError?
    line.append(["id": file.name])
    if areTexts {
      do throws(FormatError) {
        line.append(["text": try text(file)])
      } catch {
        problem = error
      }
    } else {
      line.append(["file_name": file.name])
    }
    line.append(["label": place.label, "split": place.split])
    return problem
  }

  /// Whether the outermost folders are splits and no classes: all are called so, and classes lie in them.
  private static func haveSplits(_ files: [String]) -> Bool {
    let folders = files.map { $0.split(separator: "/").dropLast() }
    return folders.allSatisfy { $0.first.map { Shards.names.contains($0.lowercased()) } ?? false }
      && folders.contains { $0.count > 1 }
  }

  private func text(_ source: SourceFile) throws(FormatError) -> String {
    let file = try source.open()
    guard file.bytes.count <= Self.maxTextLength else {
      throw FormatError(
        displayText(source.name), "a text of \(file.bytes.count) bytes, more than \(Self.maxTextLength)")
    }
    return file.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// What the folders that a file lies in say of it.
  struct Place: Sendable {
    let split: String?
    let label: String?
    /// Folders before that of the label, and what is behind it.
    let head: String
    let tail: String

    init(_ file: String, hasSplit: Bool) {
      var parts = file.split(separator: "/").map(String.init)
      let own = parts.popLast() ?? ""
      split = hasSplit ? parts[0] : nil
      head = hasSplit ? parts.removeFirst() + "/" : ""
      label = parts.isEmpty ? nil : parts.removeFirst()
      tail = (parts + [own]).joined(separator: "/")
    }

    func name(labelled label: String) -> String { head + label + "/" + tail }
  }
}

/// Each read when it is asked for: their names tell all else.
private struct LocatedFiles: LocatedSamples {
  let folder: LabelledFolder
  let files: [SourceFile]
  let haveSplits: Bool
  var count: Int { files.count }

  func append(_ row: Int, to line: inout JSONLine) -> Bool {
    guard files.indices.contains(row) else { return false }
    let place = LabelledFolder.Place(files[row].name, hasSplit: haveSplits)
    // What cannot be read is a sample without a text, as it was when it was imported.
    _ = folder.append(files[row], place, to: &line)
    return true
  }
}

/// A file a sample: a copy has those of the kept samples, with a new label in its folder.
private struct FolderOriginal: ImportedOriginal, ImportedSources {
  let files: [SourceFile]
  let places: [LabelledFolder.Place]

  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws {
    for row in rows {
      let file = try files[row].open()
      var name = files[row].name
      if let label = cells.labels.byRow[row] {
        guard places[row].label != nil, !label.isEmpty, label != ".", label != "..", !label.contains("/")
        else {
          throw FormatError(displayText(name), "'\(label)' cannot be the folder of a class")
        }
        name = places[row].name(labelled: label)
      }
      try output.begin(name)
      if let text = cells.texts.byRow[row] {
        try Array(text.utf8).withUnsafeBytes { try output.append($0) }
      } else {
        try file.withBytes { try output.append($0) }
      }
    }
  }
}

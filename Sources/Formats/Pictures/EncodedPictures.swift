import Model

/// The pictures of a dataset as files hold them, one a sample, where they lie: nothing is read before it is asked for.
package struct EncodedPictures: Sendable {
  enum Storage: Sendable {
    /// Files beneath a folder, by their names in it.
    case files(PictureFiles)
    /// Parts of mapped files: archives, or what was taken out of another format.
    case parts([MappedFile], [Part])
    /// Cells of the records.
    case cells(PictureCells)
    /// Of samples that are found by their places.
    case located(any LocatedSamples)
    /// A column of bytes.
    case columns(ColumnarPictures)
  }
  let storage: Storage
  package let count: Int

  init(files: PictureFiles) {
    storage = .files(files)
    count = files.count
  }

  init(cells: PictureCells, count: Int) {
    storage = .cells(cells)
    self.count = count
  }

  init(columns: ColumnarPictures) {
    storage = .columns(columns)
    count = columns.store.count
  }

  init(located: any LocatedSamples) {
    storage = .located(located)
    count = located.count
  }

  /// Where a picture lies; empty where a sample has none.
  struct Part: Sendable {
    var file = 0
    var bytes = 0..<0
  }

  /// - Parameter parts: by sample.
  init(parts: [Part], of files: [MappedFile]) {
    storage = .parts(files, parts)
    count = parts.count
  }

  /// Hands `body` the bytes of one picture.
  /// - Throws: `FormatError` where they cannot be had.
  func withBytes<Result>(
    at row: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(FormatError) -> Result {
    switch storage {
    case .files(let files):
      let file = try files.open(row)
      return file.withBytes(body)
    case .cells(let cells):
      guard let bytes = cells.bytes(at: row) else {
        throw FormatError("row \(row)", "has no picture in Base64")
      }
      return bytes.withUnsafeBytes(body)
    case .columns(let columns):
      guard let bytes = try columns.bytes(at: row), !bytes.isEmpty else {
        throw FormatError("row \(row)", "has no picture")
      }
      return bytes.withUnsafeBytes(body)
    case .located(let samples):
      var result: Result?
      samples.withPicture(at: row) { result = body($0) }
      guard let result else { throw FormatError("row \(row)", "has no picture") }
      return result
    case .parts(let files, let parts):
      let part = parts[row]
      guard !part.bytes.isEmpty else { throw FormatError("row \(row)", "has no picture") }
      return body(UnsafeRawBufferPointer(rebasing: files[part.file].bytes[part.bytes]))
    }
  }

  /// Gives the memory of what was read back.
  func forgetPages() {
    switch storage {
    case .columns(let columns): columns.store.forgetChunks()
    case .parts(let files, _): for file in files { file.forgetPages() }
    case .files, .cells, .located: break
    }
  }

  private static let tried = 100

  /// Whether one of some of them can be opened: a column may name files that are elsewhere.
  var areThere: Bool {
    let step = max(1, count / Self.tried)
    return stride(from: 0, to: count, by: step).contains { row in
      (try? withBytes(at: row) { !$0.isEmpty }) == true
    }
  }

  /// What errors call a picture.
  func name(at row: Int) -> String {
    switch storage {
    case .files(let files): displayText(files.name(row))
    case .parts, .cells, .columns, .located: "row \(row)"
    }
  }
}

/// Picture files that a dataset names. Nothing outside its folder is opened.
struct PictureFiles: Sendable {
  private let folder: String
  let count: Int
  /// Relative to the folder, or absolute within it.
  let name: @Sendable (_ row: Int) -> String

  init(in folder: String, count: Int, name: @escaping @Sendable (_ row: Int) -> String) {
    self.folder = folder
    self.count = count
    self.name = name
  }

  func open(_ row: Int) throws(FormatError) -> MappedFile {
    let name = name(row)
    guard !name.isEmpty else { throw FormatError("row \(row)", "names no picture") }
    return try SourceFile(found: name, in: folder).open()
  }
}

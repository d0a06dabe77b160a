import Model

/// The rows of a file of JSON objects: how they are held, and the paths of their values as columns, found in the first rows
/// or, as a whole, in all of them.
struct ObjectScan: RecordRows, @unchecked Sendable {
  // Unchecked: the bytes are never written, and the text that they lie in is kept beside.
  let form: JSONForm
  let columns: [String]
  let isWhole: Bool
  /// The text, or the lines that were made of a dict of columns.
  let bytes: UnsafeRawBufferPointer
  private let text: RecordText
  /// Where the first object or line begins.
  let start: Int
  private let layout: JSONLayout
  private let paths: JSONPaths
  private let made: HeapBytes?

  /// A table of objects has at most so many cells, or as many as the file has bytes.
  private static let sparseLimit = 1 << 22

  /// - Parameter isLines: the file's name says JSON Lines.
  /// - Throws: `FormatError` when the file holds no objects.
  init(
    _ text: RecordText, isLines: Bool, name: String, skipsBadLines: Bool
  ) throws(FormatError) {
    let whole = JSONLayout(text.bytes, start: text.start, isLines: isLines)
    if let reason = whole.noTable, !isLines {
      // What a description says wrongly is worth more than that it is one.
      if reason == JSONOnlyObject.description {
        _ = try DatasetDescription.read(path: text.file.path, name: name)
      }
      throw FormatError(name, reason)
    }
    form = whole.form
    self.text = text
    if whole.form.isRewritten {
      let lines: [UInt8]
      do throws(JSONCursor.Problem) {
        lines =
          switch whole.form {
          case .index: try JSONRowsByName.lines(text.bytes, start: whole.start)
          case .split: try JSONRowsByName.linesOfSplit(text.bytes, start: whole.start)
          default: try JSONColumns.lines(text.bytes, start: whole.start)
          }
      } catch {
        throw FormatError(name, at: "byte \(error.byte)", error.message)
      }
      let heap = HeapBytes(lines)
      (made, bytes, start) = (heap, heap.bytes, 0)
      layout = .lines
    } else {
      (made, bytes, layout, start) = (nil, text.bytes, whole, whole.start)
    }
    (paths, isWhole) = try Self.paths(
      bytes, layout, rows: ColumnProfile.rowLimit, file: name, skipsBadLines: skipsBadLines)
    columns = paths.columns
  }

  /// Objects that are read one by one.
  init(_ text: RecordText, columns: [String]) {
    self.text = text
    self.columns = columns
    (form, layout, start, bytes, made) = (.lines, .lines, text.start, text.bytes, nil)
    paths = JSONPaths(columns: columns)
    isWhole = true
  }

  func whole(file: String, skipsBadLines: Bool) throws(FormatError) -> ObjectScan {
    ObjectScan(
      self, try Self.paths(bytes, layout, rows: .max, file: file, skipsBadLines: skipsBadLines).paths)
  }

  private init(_ other: ObjectScan, _ paths: JSONPaths) {
    (form, bytes, start, text, layout, made) = (
      other.form, other.bytes, other.start, other.text, other.layout, other.made
    )
    self.paths = paths
    columns = paths.columns
    isWhole = true
  }

  /// The columns of the first rows: as many as are asked for, or all where they cannot stand for the rest.
  private static func paths(
    _ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, rows limit: Int, file: String, skipsBadLines: Bool
  ) throws(FormatError) -> (paths: JSONPaths, areAll: Bool) {
    var walk = Walk(bytes, layout, JSONPaths())
    var record = Record()
    var bad = BadLines()
    var rows = 0
    var areAll = true
    while try walk.next(&record, &bad, file: file) {
      rows += 1
      // Members that hardly any object has are counted in all rows.
      if rows >= limit, bad.count == 0, rows * walk.paths.columns.count <= record.bytes.upperBound {
        areAll = record.bytes.upperBound == bytes.count
        break
      }
    }
    if !skipsBadLines, let error = bad.error(file) { throw error }
    var paths = walk.paths
    // Members that hardly any object has make a table of nothing, as large as rows times members.
    guard rows <= maxRows(bytes, columns: paths.columns.count) else {
      throw FormatError(file, "\(rows) lines with \(paths.columns.count) different members are no table")
    }
    paths.close()
    return (paths, areAll)
  }

  private static func maxRows(_ bytes: UnsafeRawBufferPointer, columns: Int) -> Int {
    max(sparseLimit, bytes.count) / max(1, columns)
  }

  var formatName: String { form.name }
  var isTable: Bool { false }
  var separation: RecordSeparation? {
    switch form {
    case .lines: .lines
    case .objects: .rows
    case .array: .elements
    case .columns, .index, .split: nil
    }
  }
  var syntax: any RecordSyntax { ObjectSyntax(columns: columns) }

  func walk() -> Walk {
    var walk = Walk(bytes, layout, paths)
    if !isWhole { walk.maxRows = Self.maxRows(bytes, columns: columns.count) }
    return walk
  }

  /// Objects that stand on a line each can be cut anywhere between.
  func parts(_ count: Int) -> [Walk] {
    guard layout.form == .lines else { return [] }
    let starts = TextParts.starts(count, in: bytes, from: layout.start, passing: [10])
    return starts.indices.map { part in
      let end = part + 1 < starts.count ? starts[part + 1] : bytes.count
      let own = UnsafeRawBufferPointer(rebasing: bytes[..<end])
      var walk = Walk(own, layout.starting(at: starts[part]), paths)
      if !isWhole { walk.maxRows = Self.maxRows(bytes, columns: columns.count) / starts.count }
      return walk
    }
  }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool {
    var paths = paths
    record.begin(at: 0, line: 1)
    var cursor = JSONCursor(bytes, in: 0..<bytes.count, allowsNonFinite: true)
    return (try? cursor.skipValue()) != nil
      && (try? paths.read(bytes, 0..<cursor.position, into: &record)) != nil
  }
}

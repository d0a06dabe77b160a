import Model

/// The rows of a file of JSON objects: how they are held, and the paths of their values as columns, found in one pass.
struct ObjectScan: RecordRows, @unchecked Sendable {
  // Unchecked: the bytes are never written, and the text that they lie in is kept beside.
  let form: JSONForm
  let columns: [String]
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
    var walk = Walk(bytes, layout, JSONPaths())
    var record = Record()
    var bad = BadLines()
    var rows = 0
    while try walk.next(&record, &bad, file: name) { rows += 1 }
    if !skipsBadLines, let error = bad.error(name) { throw error }
    var paths = walk.paths
    paths.close()
    self.paths = paths
    columns = paths.columns
    // Members that hardly any object has make a table of nothing, as large as rows times members.
    let (cells, overflow) = rows.multipliedReportingOverflow(by: columns.count)
    guard !overflow, cells <= max(Self.sparseLimit, bytes.count) else {
      throw FormatError(name, "\(rows) lines with \(columns.count) different members are no table")
    }
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

  func walk() -> Walk { Walk(bytes, layout, paths) }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout Record) -> Bool {
    var paths = paths
    record.begin(at: 0, line: 1)
    var cursor = JSONCursor(bytes, in: 0..<bytes.count, allowsNonFinite: true)
    return (try? cursor.skipValue()) != nil
      && (try? paths.read(bytes, 0..<cursor.position, into: &record)) != nil
  }

  struct Walk: RecordWalk {
    private var items: JSONRecords
    private(set) var paths: JSONPaths
    private let bytes: UnsafeRawBufferPointer
    private let isArray: Bool

    init(_ bytes: UnsafeRawBufferPointer, _ layout: JSONLayout, _ paths: JSONPaths) {
      self.bytes = bytes
      isArray = layout.form == .array
      self.paths = paths
      items = JSONRecords(bytes, layout: layout)
    }

    mutating func next(
      _ record: inout Record, _ bad: inout BadLines, file: String
    ) throws(FormatError) -> Bool {
      while true {
        let item: JSONRecords.Item
        do throws(JSONCursor.Problem) {
          guard let next = try items.next() else { return false }
          item = next
        } catch {
          throw FormatError(
            file, at: "line \(items.lineNumber(of: error.byte))", "\(error.message) (byte \(error.byte))")
        }
        do throws(JSONCursor.Problem) {
          record.begin(at: item.bytes.lowerBound, line: item.line)
          record.bytes = item.bytes
          record.end = item.content.upperBound
          try paths.read(bytes, item.content, into: &record)
          return true
        } catch {
          let message = "\(error.message) (byte \(error.byte))"
          // The elements of an array are no lines that could be left out.
          guard !isArray else { throw FormatError(file, at: "line \(item.line)", message) }
          bad.append(line: item.line, message)
        }
      }
    }
  }
}

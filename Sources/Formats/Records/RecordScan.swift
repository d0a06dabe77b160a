import Model

/// The rows of a CSV, TSV or JSONL file as cells by column name: one pass that finds the columns, then one that hands
/// out each row. Both formats look alike from here on.
struct RecordScan {
  let file: MappedFile
  let name: String
  let format: RecordFile.Format
  /// Column names, displayable duplicates made distinct; for JSONL all names in order of first appearance.
  let columns: [String]
  /// Bytes before the first record.
  let headerEnd: Int
  var notes: [String] = []

  static let rowLimit = 1 << 31

  /// - Throws: `FormatError` when the file is empty, UTF-16, or its header is broken.
  init(path: String, name: String, format: RecordFile.Format) throws(FormatError) {
    file = try MappedFile(path: path, name: name)
    self.name = name
    self.format = format
    guard file.bytes.count > 0 else { throw FormatError(name, "file is empty") }
    if file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF]) {
      throw FormatError(name, at: "byte 0", "is UTF-16; save it as UTF-8")
    }
    switch format {
    case .csv, .tsv:
      var reader = CSVReader(bytes: file.bytes, delimiter: Self.delimiter(format))
      var record = CSVReader.Record()
      do throws(CSVReader.Problem) {
        guard try reader.next(&record) else {
          throw CSVReader.Problem(line: 1, message: "file has no header")
        }
      } catch {
        throw FormatError(name, at: "line \(error.line)", error.message)
      }
      headerEnd = record.bytes.upperBound
      (columns, notes) = Self.distinct((0..<record.count).map(record.string))
    case .jsonl:
      headerEnd = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      columns = try Self.members(of: file, name: name, from: headerEnd)
    }
  }

  /// Hands `body` every row: its index, its bytes in the file, its line, and its cells in the order of `columns`
  /// (nil where a JSON object has no such member or null).
  func forEachRow(
    _ body: (_ row: Int, _ bytes: Range<Int>, _ line: Int, _ cells: [ArraySlice<UInt8>?]) throws(FormatError)
      -> Void
  ) throws(FormatError) {
    switch format {
    case .csv, .tsv: try forEachCSVRow(body)
    case .jsonl: try forEachJSONRow(body)
    }
  }

  private func forEachCSVRow(
    _ body: (Int, Range<Int>, Int, [ArraySlice<UInt8>?]) throws(FormatError) -> Void
  ) throws(FormatError) {
    var reader = CSVReader(bytes: file.bytes, delimiter: Self.delimiter(format))
    var record = CSVReader.Record()
    var row = -1
    do {
      while try reader.next(&record) {
        if row >= 0 {
          guard record.count == columns.count else {
            throw CSVReader.Problem(
              line: record.line,
              message: "expected \(columns.count) fields as in the header, found \(record.count)")
          }
          try body(row, record.bytes, record.line, (0..<record.count).map(record.field))
        }
        row += 1
      }
    } catch let problem as CSVReader.Problem {
      throw FormatError(name, at: "line \(problem.line)", problem.message)
    } catch let error as FormatError {
      throw error
    } catch {
      throw FormatError(name, "\(error)")
    }
  }

  private func forEachJSONRow(
    _ body: (Int, Range<Int>, Int, [ArraySlice<UInt8>?]) throws(FormatError) -> Void
  ) throws(FormatError) {
    let places = Dictionary(uniqueKeysWithValues: zip(columns, 0...))
    var row = 0
    var lines = JSONLines(bytes: file.bytes, start: headerEnd)
    while let line = lines.next() {
      let members = try Self.object(file.bytes, line, name: name)
      var cells = [ArraySlice<UInt8>?](repeating: nil, count: columns.count)
      for member in members {
        if let place = places[member.name] { cells[place] = member.value.cell.map { ArraySlice($0) } }
      }
      try body(row, line.bytes, line.number, cells)
      row += 1
    }
  }

  private static func members(of file: MappedFile, name: String, from start: Int) throws(FormatError)
    -> [String]
  {
    var columns: [String] = []
    var seen: Set<String> = []
    var lines = JSONLines(bytes: file.bytes, start: start)
    while let line = lines.next() {
      for member in try object(file.bytes, line, name: name) where seen.insert(member.name).inserted {
        guard columns.count < CSVReader.columnLimit else {
          throw FormatError(
            name, at: "line \(line.number)", "more than \(CSVReader.columnLimit) members in all")
        }
        columns.append(member.name)
      }
    }
    return columns
  }

  private static func object(
    _ bytes: UnsafeRawBufferPointer, _ line: JSONLines.Line, name: String
  ) throws(FormatError) -> [JSONValue.Member] {
    do throws(JSONParser.Problem) {
      guard case .object(let members) = try JSONParser.parse(bytes, in: line.content) else {
        throw JSONParser.Problem(byte: line.content.lowerBound, message: "a JSON object is expected")
      }
      return members
    } catch {
      throw FormatError(name, at: "line \(line.number)", "\(error.message) (byte \(error.byte))")
    }
  }

  static func delimiter(_ format: RecordFile.Format) -> UInt8 {
    format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }

  /// Empty and doubled names get a number, so that no column hides another.
  private static func distinct(_ names: [String]) -> ([String], [String]) {
    var seen: Set<String> = []
    var notes: [String] = []
    let result = names.enumerated().map { index, name in
      var candidate = name.isEmpty ? "column \(index + 1)" : name
      var number = 2
      while !seen.insert(candidate).inserted {
        candidate = "\(name) (\(number))"
        number += 1
      }
      if candidate != name {
        notes.append("column \(index + 1) '\(displayText(name))' is called '\(displayText(candidate))'")
      }
      return candidate
    }
    return (result, notes)
  }
}

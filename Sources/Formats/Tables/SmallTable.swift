extension CSVReader {
  /// A whole small file as strings: truth tables and the like.
  package struct SmallTable {
    package let header: [String]
    package let rows: [[String]]
    /// The line in which each row begins, from 1.
    package let lines: [Int]
  }

  /// Reads a comma-separated file of at most 256 MB with a header; every row has as many fields as the header.
  package static func readSmall(path: String) throws(FormatError) -> SmallTable {
    let file = try MappedFile(path: path)
    guard file.bytes.count <= 256 << 20 else { throw FormatError(path, "larger than 256 MB") }
    return try smallTable(file.bytes, name: path)
  }

  /// The same from bytes in memory.
  package static func smallTable(_ bytes: UnsafeRawBufferPointer, name: String) throws(FormatError)
    -> SmallTable
  {
    var reader = CSVReader(bytes: bytes)
    var record = Record()
    var rows: [[String]] = []
    var lines: [Int] = []
    do throws(Problem) {
      while try reader.next(&record) {
        if let first = rows.first, first.count != record.count {
          throw Problem(
            line: record.line, message: "expected \(first.count) fields, found \(record.count)")
        }
        rows.append((0..<record.count).map(record.string))
        lines.append(record.line)
      }
    } catch {
      throw FormatError(name, at: "line \(error.line)", error.message)
    }
    guard let header = rows.first else { throw FormatError(name, "file is empty") }
    return SmallTable(header: header, rows: Array(rows.dropFirst()), lines: Array(lines.dropFirst()))
  }
}

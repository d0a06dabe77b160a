/// Records of comma- or tab-separated text, RFC 4180, read in one pass over bytes that lie in memory.
///
/// A field that begins with a quote runs to the closing one; doubled quotes stand for one; line breaks inside quotes
/// are data. Lines end with LF, CRLF or a lone CR. Blank lines between records are passed over and belong to the
/// record before them. A byte-order mark is skipped. Fields stay bytes: what is not UTF-8 is the caller's to judge.
package struct CSVReader {
  package struct Problem: Error, Equatable {
    package let line: Int
    package let message: String
  }

  /// One record: its fields with quotes taken off, the bytes that it takes in the file, and its first line (from 1).
  package struct Record {
    package init() {}
    package fileprivate(set) var line = 1
    package fileprivate(set) var bytes = 0..<0
    fileprivate var content: [UInt8] = []
    fileprivate var ends: [Int] = []
    /// Where each field ends in the file, before the delimiter or the line end.
    fileprivate var bounds: [Int] = []

    package var count: Int { ends.count }
    /// The bytes of a field as they stand in the file, its quotes included.
    package func place(_ index: Int) -> Range<Int> {
      (index == 0 ? bytes.lowerBound : bounds[index - 1] + 1)..<bounds[index]
    }
    package func field(_ index: Int) -> ArraySlice<UInt8> {
      content[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }
    package func string(_ index: Int) -> String { String(decoding: field(index), as: UTF8.self) }
  }

  /// More columns than this are a sign of something that is no table.
  package static let columnLimit = 100_000

  private let bytes: UnsafeRawBufferPointer
  private let delimiter: UInt8
  private var position: Int
  private var line = 1

  /// - Parameter start: where to begin; a byte-order mark is skipped at 0.
  package init(bytes: UnsafeRawBufferPointer, delimiter: UInt8 = UInt8(ascii: ","), start: Int = 0) {
    self.bytes = bytes
    self.delimiter = delimiter
    position = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : start
  }

  /// A record that was cut out of a file: what looks like a byte-order mark is its first field's.
  package init(record: UnsafeRawBufferPointer, delimiter: UInt8) {
    bytes = record
    self.delimiter = delimiter
    position = 0
  }

  private static let lf = UInt8(ascii: "\n")
  private static let cr = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  /// Reads the next record into `record`; false at the end.
  package mutating func next(_ record: inout Record) throws(Problem) -> Bool {
    skipBlankLines()
    guard position < bytes.count else { return false }
    let start = position
    record.line = line
    record.content.removeAll(keepingCapacity: true)
    record.ends.removeAll(keepingCapacity: true)
    record.bounds.removeAll(keepingCapacity: true)
    while true {
      try readField(into: &record)
      record.ends.append(record.content.count)
      record.bounds.append(position)
      guard record.ends.count <= Self.columnLimit else {
        throw Problem(line: record.line, message: "more than \(Self.columnLimit) columns")
      }
      guard position < bytes.count else { break }
      if bytes[position] == delimiter {
        position += 1
      } else {
        skipLineEnd()
        break
      }
    }
    skipBlankLines()
    record.bytes = start..<position
    return true
  }

  private mutating func readField(into record: inout Record) throws(Problem) {
    if position < bytes.count, bytes[position] == Self.quote {
      try readQuoted(into: &record)
    }
    let start = position
    while position < bytes.count, !isFieldEnd(bytes[position]) { position += 1 }
    record.content.append(contentsOf: bytes[start..<position])
  }

  private mutating func readQuoted(into record: inout Record) throws(Problem) {
    let opened = line
    position += 1
    while true {
      let start = position
      while position < bytes.count, bytes[position] != Self.quote {
        if bytes[position] == Self.lf || (bytes[position] == Self.cr && !isLF(at: position + 1)) { line += 1 }
        position += 1
      }
      record.content.append(contentsOf: bytes[start..<position])
      guard position < bytes.count else {
        throw Problem(line: opened, message: "a quote opens here and never closes")
      }
      position += 1
      guard position < bytes.count, bytes[position] == Self.quote else { return }
      record.content.append(Self.quote)
      position += 1
    }
  }

  private func isFieldEnd(_ byte: UInt8) -> Bool { byte == delimiter || byte == Self.lf || byte == Self.cr }
  private func isLF(at index: Int) -> Bool { index < bytes.count && bytes[index] == Self.lf }

  private mutating func skipLineEnd() {
    position += bytes[position] == Self.cr && isLF(at: position + 1) ? 2 : 1
    line += 1
  }

  private mutating func skipBlankLines() {
    while position < bytes.count, bytes[position] == Self.lf || bytes[position] == Self.cr { skipLineEnd() }
  }
}

extension CSVReader {
  /// A whole small file as strings: truth tables and the like.
  package struct SmallTable {
    package let header: [String]
    package let rows: [[String]]
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
    do throws(Problem) {
      while try reader.next(&record) {
        if let first = rows.first, first.count != record.count {
          throw Problem(line: record.line, message: "expected \(first.count) fields, found \(record.count)")
        }
        rows.append((0..<record.count).map(record.string))
      }
    } catch {
      throw FormatError(name, at: "line \(error.line)", error.message)
    }
    guard let header = rows.first else { throw FormatError(name, "file is empty") }
    return SmallTable(header: header, rows: Array(rows.dropFirst()))
  }
}

/// Where each sample's record lies in a file of records, so that kept rows can be copied byte for byte.
package struct RecordFile: Sendable {
  package enum Format: String, Sendable {
    case csv, tsv, jsonl
    /// Objects that are not one a line: in an array, or printed over several lines.
    case json
    /// One object with a list or an object for each column, or with all rows: no sample has a place of its own.
    case jsonColumns = "json-columns"
  }
  package let path: String
  package let format: Format
  /// Bytes before the first record (byte-order mark, header line, the bracket of an array).
  package let headerBytes: Range<UInt64>
  /// N + 1 offsets: record i lies in bytes offsets[i]..<offsets[i + 1], with what stands between it and the next: its
  /// line end, the comma of an array, lines that were left out.
  package let offsets: Column<UInt64>
  /// Where each record itself ends when something stands behind it that belongs to none: lines that were left out,
  /// or the commas of an array. Empty where every record reaches to the next.
  package let ends: Column<UInt64>
  /// Bytes behind the last record (the closing bracket of an array).
  package let footerBytes: Range<UInt64>
  /// What stands between two records where the file's own does not: a line end in its encoding, the comma of an array.
  package let separator: [UInt8]
  /// Whether a separator stands between records only, as in an array, and not behind each.
  package let isJoined: Bool

  package init(
    path: String, format: Format, headerBytes: Range<UInt64>, offsets: Column<UInt64>,
    ends: Column<UInt64> = [], footerBytes: Range<UInt64> = 0..<0, separator: [UInt8] = [UInt8(ascii: "\n")],
    isJoined: Bool = false
  ) {
    self.path = path
    self.format = format
    self.headerBytes = headerBytes
    self.offsets = offsets
    self.ends = ends
    self.footerBytes = footerBytes
    self.separator = separator
    self.isJoined = isJoined
  }

  package var count: Int { max(0, offsets.count - 1) }

  /// The bytes of one record, its line end included where it has one.
  package func bytes(of row: Int) -> Range<UInt64> {
    offsets[row]..<(ends.isEmpty ? offsets[row + 1] : ends[row])
  }

  /// The places of records that follow one another, with what the file has between them.
  package func places(of rows: Range<Int>) -> [Range<UInt64>] {
    guard !ends.isEmpty else { return [offsets[rows.lowerBound]..<offsets[rows.upperBound]] }
    return rows.flatMap { row in
      // The comma of an array; of lines that were left out nothing.
      isJoined && row + 1 < rows.upperBound
        ? [bytes(of: row), ends[row]..<offsets[row + 1]] : [bytes(of: row)]
    }
  }

  /// Whether another record may follow these bytes as they are.
  package func isClosed(_ record: some BidirectionalCollection<UInt8>) -> Bool {
    guard !isJoined else { return false }
    // A lone CR ends a line of a table, and is a space to JSON.
    if separator.count == 1, record.last == UInt8(ascii: "\r") { return format != .jsonl }
    return record.isEmpty || record.suffix(separator.count).elementsEqual(separator)
  }
}

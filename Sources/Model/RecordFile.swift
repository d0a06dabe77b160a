/// Where each sample's record lies in a file of records, so that kept rows can be copied byte for byte.
package struct RecordFile: Sendable {
  package let path: String
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
  /// Whether a lone CR ends a record.
  package let endsWithCR: Bool
  /// Nil where the records cannot be read one by one from what it would hold.
  package var index: RecordIndex?

  package init(
    path: String, headerBytes: Range<UInt64>, offsets: Column<UInt64>,
    ends: Column<UInt64> = [], footerBytes: Range<UInt64> = 0..<0, separator: [UInt8] = [UInt8(ascii: "\n")],
    isJoined: Bool = false, endsWithCR: Bool = true
  ) {
    self.path = path
    self.headerBytes = headerBytes
    self.offsets = offsets
    self.ends = ends
    self.footerBytes = footerBytes
    self.separator = separator
    self.isJoined = isJoined
    self.endsWithCR = endsWithCR
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
    if separator.count == 1, record.last == UInt8(ascii: "\r") { return endsWithCR }
    return record.isEmpty || record.suffix(separator.count).elementsEqual(separator)
  }
}

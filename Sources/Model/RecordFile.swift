/// Where each sample's record lies in a file of records, so that kept rows can be copied byte for byte.
package struct RecordFile: Sendable {
  package enum Format: String, Sendable {
    case csv, tsv, jsonl
    /// Objects that are not one a line: in an array, or printed over several lines.
    case json
    /// One object with a list or an object for each column: no sample has a place of its own.
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
  /// Whether the records are joined by commas, as in an array.
  package let isJoined: Bool

  package init(
    path: String, format: Format, headerBytes: Range<UInt64>, offsets: Column<UInt64>,
    ends: Column<UInt64> = [], footerBytes: Range<UInt64> = 0..<0, isJoined: Bool = false
  ) {
    self.path = path
    self.format = format
    self.headerBytes = headerBytes
    self.offsets = offsets
    self.ends = ends
    self.footerBytes = footerBytes
    self.isJoined = isJoined
  }

  package var count: Int { max(0, offsets.count - 1) }

  /// The bytes of one record, its line end included where it has one.
  package func bytes(of row: Int) -> Range<UInt64> {
    offsets[row]..<(ends.isEmpty ? offsets[row + 1] : ends[row])
  }

  /// The parts of the file, in order, that make a file of the records in `runs`, which rise and do not touch.
  package func pieces(keeping runs: [Range<Int>]) -> [Range<UInt64>] {
    var pieces = [headerBytes]
    for (place, run) in runs.enumerated() {
      let isLast = place == runs.count - 1
      if ends.isEmpty {
        pieces.append(offsets[run.lowerBound]..<offsets[run.upperBound])
      } else {
        for row in run {
          pieces.append(bytes(of: row))
          // The comma of an array stands between records, not behind the last.
          if isJoined, !(isLast && row == run.upperBound - 1) {
            pieces.append(ends[row]..<offsets[row + 1])
          }
        }
      }
    }
    pieces.append(footerBytes)
    return pieces.filter { !$0.isEmpty }
  }
}

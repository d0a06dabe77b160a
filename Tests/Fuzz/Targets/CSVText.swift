import CaseFiles
import Formats

/// What is written as a table is read back cell for cell.
///
/// The first byte is the number of columns; the cells are what stands between zero bytes.
func fuzzCSVText(_ bytes: UnsafeRawBufferPointer) {
  guard let first = bytes.first else { return }
  let columns = Int(first % 5) + 1
  let cells = bytes.dropFirst().split(separator: 0, omittingEmptySubsequences: false).map {
    String(decoding: $0, as: UTF8.self)
  }
  let rows = stride(from: 0, to: cells.count - columns + 1, by: columns).map {
    Array(cells[$0..<$0 + columns])
  }
  let header = (0..<columns).map { "c\($0)" }
  let bytes = ([header] + rows).flatMap { CSVText.row($0) }
  guard let table = bytes.withUnsafeBytes({ try? CSVReader.smallTable($0, name: "fuzz") }) else {
    preconditionFailure("what was written cannot be read")
  }
  precondition(table.header == header)
  precondition(table.rows == rows)
}

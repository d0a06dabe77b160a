import Parquet
import Values

/// A small part of what a file may claim, so that a find is no lack of memory.
private var limits: ParquetLimits {
  var limits = ParquetLimits()
  limits.pageBytes = 1 << 20
  limits.chunkBytes = 4 << 20
  limits.rowsPerGroup = 1 << 16
  return limits
}

/// Every field of a file that is taken can be put together row by row, and written again with the same values.
func fuzzParquet(_ bytes: UnsafeRawBufferPointer) {
  guard let file = try? ParquetFile(bytes, owner: Unowned(), limits: limits), file.rowCount <= 1 << 16 else {
    return
  }
  var first: [[UInt8]] = []
  guard (try? read(file, into: &first)) != nil else { return }
  var written: [UInt8] = []
  let copy = try? ParquetCopy(file, rows: Array(0..<file.rowCount))
  guard (try? copy?.write { written += $0 }) != nil else { return }
  written.withUnsafeBytes { bytes in
    var second: [[UInt8]] = []
    guard let again = try? ParquetFile(bytes, owner: Unowned()), (try? read(again, into: &second)) != nil
    else {
      preconditionFailure("what was written is not read")
    }
    precondition(first == second)
  }
}

private final class Unowned {}

/// The JSON of all fields.
private func read(_ file: ParquetFile, into fields: inout [[UInt8]]) throws(ColumnarError) {
  for group in 0..<file.rowGroupCount {
    for field in file.schema.fields.indices {
      var reader = try FieldReader(file, rowGroup: group, field: field)
      var text: [UInt8] = []
      while let value = try reader.next() { value.appendJSON(to: &text) }
      fields.append(text)
      let again = try column(file, group, field)
      precondition(text == again, "read by row it is another")
    }
  }
}

/// The JSON of all rows of a field, each read by its number.
private func column(_ file: ParquetFile, _ group: Int, _ field: Int) throws(ColumnarError) -> [UInt8] {
  let chunk = try file.chunk(group)
  let column = try chunk.column(FieldPath(field))
  try column.check()
  _ = (column.numbers(), column.lists())
  var text: [UInt8] = []
  for row in 0..<chunk.rowCount { try column.value(at: row).appendJSON(to: &text) }
  let other = try file.chunk(group)
  var singles: [UInt8] = []
  for row in 0..<chunk.rowCount {
    guard let value = try? other.value(FieldPath(field), at: row) else {
      preconditionFailure("row \(row) is not read by itself")
    }
    value.appendJSON(to: &singles)
  }
  precondition(text == singles, "a value read by itself is another")
  return text
}

import Arrow
import Values

/// A small part of what a file may claim, so that a find is no lack of memory.
private var limits: ArrowLimits {
  var limits = ArrowLimits()
  limits.batchBytes = 4 << 20
  limits.rowsPerBatch = 1 << 16
  limits.rows = 1 << 16
  limits.roomlessValues = 1 << 16
  limits.rowBytes = 1 << 20
  return limits
}

/// Every value of a file that is taken can be put together, and every second row written again with the same values.
func fuzzArrow(_ bytes: UnsafeRawBufferPointer) {
  guard let file = try? ArrowFile(bytes, owner: Unowned(), limits: limits), let first = try? rows(of: file)
  else { return }
  precondition(first == (try? rowsOfChunks(file)), "read by chunks it is another")
  let kept = Array(stride(from: 0, to: first.count, by: 2))
  var written: [UInt8] = []
  guard (try? ArrowCopy(file, rows: kept).write { written += $0 }) != nil else { return }
  written.withUnsafeBytes { bytes in
    guard let again = try? ArrowFile(bytes, owner: Unowned()), let second = try? rows(of: again) else {
      preconditionFailure("what was written is not read")
    }
    precondition(second == kept.map { first[$0] })
  }
}

private final class Unowned {}

/// The JSON of each row.
private func rows(of file: ArrowFile) throws(ColumnarError) -> [[UInt8]] {
  var rows: [[UInt8]] = []
  var batches = try BatchSequence(file)
  while let batch = try batches.next() {
    for row in 0..<batch.rowCount {
      var budget = RowBudget(file.limits)
      var text: [UInt8] = []
      for column in batch.columns { try column.value(at: row, &budget).appendJSON(to: &text) }
      rows.append(text)
    }
  }
  return rows
}

/// The same by its chunks.
private func rowsOfChunks(_ file: ArrowFile) throws(ColumnarError) -> [[UInt8]] {
  var rows: [[UInt8]] = []
  let chunks = try ArrowChunks(file)
  for index in chunks.chunkSizes.indices {
    let chunk = try chunks.chunk(index)
    var columns: [any ColumnarColumn] = []
    for field in file.fields.indices { columns.append(try chunk.column(FieldPath(field))) }
    for column in columns { _ = (column.numbers(), column.lists()) }
    for row in 0..<chunk.rowCount {
      var text: [UInt8] = []
      for column in columns { try column.value(at: row).appendJSON(to: &text) }
      rows.append(text)
    }
  }
  return rows
}

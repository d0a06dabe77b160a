import Values

/// A copy of a file with some of its rows, batch by batch: what is not touched is copied byte for byte, the schema and the
/// dictionaries among it.
package struct ArrowCopy {
  package typealias Sink = ([UInt8]) throws(ColumnarError) -> Void
  private let source: ArrowFile
  private let rows: [Int]
  private let cells: [Int: [Int: Replacement]]

  /// - Parameters:
  ///   - rows: of the source, ascending.
  ///   - cells: new ones by the column and the row of the source.
  package init(
    _ source: ArrowFile, rows: [Int], replacing cells: [Int: [Int: Replacement]] = [:]
  ) throws(ColumnarError) {
    for (index, row) in rows.enumerated() {
      guard row >= 0, index == 0 || rows[index - 1] < row else {
        throw ColumnarError(.usage, "the rows of a copy must be ascending and within the file")
      }
    }
    guard cells.keys.allSatisfy(source.schema.fields.indices.contains) else {
      throw ColumnarError(.usage, "no column whose cells could be replaced")
    }
    self.source = source
    self.rows = rows
    self.cells = cells
  }

  /// - Throws: `ColumnarError` where the source cannot be read, a column cannot hold a new cell, or of `sink`.
  package func write(to sink: @escaping Sink) throws(ColumnarError) {
    var output = CopySink(source, sink)
    try output.begin()
    var batches = try BatchSequence(source)
    var first = 0
    var next = 0
    while let part = try batches.nextPart() {
      switch part {
      case .dictionary(let message): try output.copy(message)
      case .batch(let batch, let message):
        let start = next
        while next < rows.count, rows[next] < first + batch.rowCount { next += 1 }
        try write(batch, message, rows[start..<next], first, to: &output)
        first += batch.rowCount
      }
    }
    guard next == rows.count else {
      throw ColumnarError(.usage, "the rows of a copy must be ascending and within the file")
    }
    try output.finish()
  }

  private func write(
    _ batch: ArrowBatch, _ message: ArrowMessage, _ kept: ArraySlice<Int>, _ first: Int,
    to output: inout CopySink
  ) throws(ColumnarError) {
    guard !kept.isEmpty else { return }
    var changed: [Int: [Int: Replacement]] = [:]
    for (field, cells) in cells {
      for row in kept { if let cell = cells[row] { changed[field, default: [:]][row - first] = cell } }
    }
    if kept.count == batch.rowCount, changed.isEmpty { return try output.copy(message) }
    var runs: [Range<Int>] = []
    for row in kept.lazy.map({ $0 - first }) {
      if let last = runs.last, last.upperBound == row {
        runs[runs.count - 1] = last.lowerBound..<row + 1
      } else {
        runs.append(row..<row + 1)
      }
    }
    var encoder = BatchEncoder(codec: batch.codec)
    for (index, column) in batch.columns.enumerated() {
      try encoder.append(column, rows: runs, replacing: changed[index] ?? [:])
    }
    let head = MessageWriter.head(of: encoder, rowCount: kept.count, version: message.version)
    try output.write(head, encoder.body)
  }
}

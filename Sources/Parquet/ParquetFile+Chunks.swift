import Dispatch
import Values

/// A file all of whose columns have one value a row.
extension ParquetFile: ColumnarFile {
  package var isFlat: Bool { schema.fields.allSatisfy { $0.isLeaf && $0.repetition != .repeated } }

  package var chunkSizes: [Int] { (0..<rowGroupCount).map(rowCount(ofGroup:)) }

  package func chunk(_ index: Int, threads: Int) throws(ColumnarError) -> any ColumnarChunk {
    guard isFlat else { throw ColumnarError(.usage, "nested columns have no chunks") }
    let leaves = schema.leaves.count
    let slots = UnsafeMutableBufferPointer<Result<FlatColumn, ColumnarError>?>.allocate(capacity: leaves)
    slots.initialize(repeating: nil)
    defer {
      slots.deinitialize()
      slots.deallocate()
    }
    // Each leaf is decoded by one thread.
    nonisolated(unsafe) let decoded = slots
    let lanes = max(1, min(threads, leaves))
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      for leaf in stride(from: lane, to: leaves, by: lanes) {
        decoded[leaf] = Result { () throws(ColumnarError) in try decodeFlat(rowGroup: index, leaf: leaf) }
      }
    }
    var columns: [FlatColumn] = []
    for leaf in slots.compactMap({ $0 }) { columns.append(try leaf.get()) }
    return FlatChunk(rowCount: rowCount(ofGroup: index), columns: columns)
  }
}

/// The columns of a row group.
private struct FlatChunk: ColumnarChunk {
  let rowCount: Int
  let columns: [FlatColumn]

  func value(_ column: Int, at row: Int) -> NestedValue {
    let column = columns[column]
    if let validity = column.validity, !validity[row] { return .null }
    return ValueConversion(column).value(at: row)
  }

  func forEachText<Failure: Error>(
    _ column: Int, _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let column = columns[column]
    guard case .bytes(let strings) = column.values,
      [.string, .enumeration, .json].contains(column.leaf.annotation)
    else { return false }
    try strings.forEach { (row, bytes) throws(Failure) in
      try body(row, column.validity.map { $0[row] } ?? true ? bytes : nil)
    }
    return true
  }

  func numbers(_ column: Int) -> ColumnNumbers? {
    let column = columns[column]
    let validity = column.validity.map { Array($0.buffer) }
    defer { withExtendedLifetime(column) {} }
    switch (column.values, column.leaf.annotation) {
    case (.double(let values), nil): return ColumnNumbers(.doubles(Array(values.buffer)), validity: validity)
    case (.float(let values), nil): return ColumnNumbers(.floats(Array(values.buffer)), validity: validity)
    case (.int32(let values), nil), (.int32(let values), .integer(bits: 32, isSigned: true)):
      return ColumnNumbers(.wholes(values.buffer.map { Int64($0) }), validity: validity)
    case (.int64(let values), nil), (.int64(let values), .integer(bits: 64, isSigned: true)):
      return ColumnNumbers(.wholes(Array(values.buffer)), validity: validity)
    default: return nil
    }
  }
}

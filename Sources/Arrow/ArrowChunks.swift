import Values

/// The record batches of a file whose columns have one value a row.
package struct ArrowChunks: ColumnarFile {
  private let file: ArrowFile
  private let places: [ArrowBatchPlace]

  /// Nil where columns are nested.
  package init?(_ file: ArrowFile) throws(ColumnarError) {
    guard file.schema.fields.allSatisfy(\.children.isEmpty) else { return nil }
    self.file = file
    var batches = try BatchSequence(file)
    var places: [ArrowBatchPlace] = []
    while let place = try batches.nextPlace() { places.append(place) }
    self.places = places
  }

  package var chunkSizes: [Int] { places.map(\.rowCount) }

  package func chunk(_ index: Int, threads: Int) throws(ColumnarError) -> any ColumnarChunk {
    let place = places[index]
    do throws(ColumnarError) {
      return BatchChunk(
        batch: try ArrowBatch(place.message, place.dictionaries, file), limits: file.limits)
    } catch {
      throw error.located(offset: place.message.whole.lowerBound)
    }
  }
}

private struct BatchChunk: ColumnarChunk {
  let batch: ArrowBatch
  let limits: ArrowLimits
  var rowCount: Int { batch.rowCount }

  func value(_ column: Int, at row: Int) throws(ColumnarError) -> NestedValue {
    var budget = RowBudget(limits)
    return try batch.columns[column].value(at: row, &budget)
  }

  func forEachText<Failure: Error>(
    _ column: Int, _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let column = batch.columns[column]
    guard case .bytes(isText: true, _) = column.field.type,
      case .bytes(let offsets, let data) = column.storage
    else { return false }
    for row in 0..<rowCount {
      try body(row, column.isNull(row) ? nil : data[offsets.range(row)].raw)
    }
    return true
  }

  func numbers(_ column: Int) -> ColumnNumbers? {
    let column = batch.columns[column]
    guard case .fixed(let bytes, _) = column.storage else { return nil }
    let values: ColumnNumbers.Values
    switch column.field.type {
    case .float(bits: 64):
      values = .doubles((0..<rowCount).map { Double(bitPattern: bytes.load(UInt64.self, at: $0 * 8)) })
    case .float(bits: 32):
      values = .floats((0..<rowCount).map { Float(bitPattern: bytes.load(UInt32.self, at: $0 * 4)) })
    case .integer(bits: 64, isSigned: true):
      values = .wholes((0..<rowCount).map { bytes.load(Int64.self, at: $0 * 8) })
    case .integer(bits: 32, isSigned: true):
      values = .wholes((0..<rowCount).map { Int64(bytes.load(Int32.self, at: $0 * 4)) })
    default: return nil
    }
    return ColumnNumbers(
      values, validity: column.validity.map { bits in (0..<rowCount).map { bits.bit($0) } })
  }
}

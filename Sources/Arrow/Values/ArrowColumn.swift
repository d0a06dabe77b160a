import Values

/// The first rows of an array, as many as its batch has.
struct ArrowColumn: ColumnarColumn {
  let array: ArrowArray
  /// The structures that it lies in, of those that are null in some rows.
  let above: [ArrowArray]
  let rowCount: Int
  let limits: ArrowLimits

  private func isNull(_ row: Int) -> Bool { array.isNull(row) || above.contains { $0.isNull(row) } }

  func value(at row: Int) throws(ColumnarError) -> NestedValue {
    guard !isNull(row) else { return .null }
    var budget = RowBudget(limits)
    return try array.value(at: row, &budget)
  }

  func check() throws(ColumnarError) {
    for row in 0..<rowCount { _ = try value(at: row) }
  }

  var areTexts: Bool {
    if case .bytes = array.storage, case .bytes(isText: true, _) = array.field.type { true } else { false }
  }

  func forEachText<Failure: Error>(
    _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) {
    guard case .bytes(let offsets, let data) = array.storage else { return }
    for row in 0..<rowCount { try body(row, isNull(row) ? nil : data[offsets.range(row)].raw) }
  }

  func numbers() -> ColumnNumbers? {
    let values: ColumnNumbers.Values
    switch array.field.type {
    case .float(bits: 64): values = .doubles(array.elements(0..<rowCount, Double.init(bitPattern:)))
    case .float(bits: 32): values = .floats(array.elements(0..<rowCount, Float.init(bitPattern:)))
    case .integer(bits: 64, isSigned: true):
      values = .wholes(array.elements(0..<rowCount) { (value: Int64) in value })
    case .integer(bits: 32, isSigned: true):
      values = .wholes(array.elements(0..<rowCount) { (value: Int32) in Int64(value) })
    default: return nil
    }
    // Those of a dictionary are none.
    guard case .fixed = array.storage else { return nil }
    let isWhole = array.validity == nil && above.isEmpty
    return ColumnNumbers(values, validity: isWhole ? nil : (0..<rowCount).map { !isNull($0) })
  }

  func lists() -> ColumnLists? {
    let elements: ArrowArray
    let starts: [Int]
    switch array.storage {
    case .list(let offsets, let values) where array.field.type != .map:
      elements = values
      starts = (0...rowCount).map { offsets[$0] }
    case .fixedList(let count, let values):
      elements = values
      starts = (0...rowCount).map { $0 * count }
    default: return nil
    }
    guard let first = starts.first, let last = starts.last, let values = elements.floats(first..<last) else {
      return nil
    }
    var areWhole: [Bool]?
    if elements.validity != nil || array.validity != nil || !above.isEmpty {
      areWhole = (0..<rowCount).map { row in
        !isNull(row) && (starts[row]..<starts[row + 1]).allSatisfy { !elements.isNull($0) }
      }
    }
    return ColumnLists(values: values, starts: starts.map { $0 - first }, areWhole: areWhole)
  }
}

extension ArrowArray {
  /// Values of one width, each made by `body`; of other arrays none.
  fileprivate func elements<Stored: FixedWidthInteger, Value>(
    _ rows: Range<Int>, _ body: (Stored) -> Value
  ) -> [Value] {
    guard case .fixed(let bytes, _) = storage else { return [] }
    return rows.map { body(bytes.load(Stored.self, at: $0 * MemoryLayout<Stored>.size)) }
  }

  /// As `ColumnLists` has them; nil of what are no plain numbers.
  fileprivate func floats(_ rows: Range<Int>) -> [Float]? {
    guard case .fixed = storage else { return nil }
    switch field.type {
    case .float(bits: 64): return elements(rows) { Float(Double(bitPattern: $0)) }
    case .float(bits: 32): return elements(rows, Float.init(bitPattern:))
    case .float(bits: 16): return elements(rows) { Float(Float16(bitPattern: $0)) }
    case .integer(bits: 64, isSigned: true): return elements(rows) { (value: Int64) in Float(Double(value)) }
    case .integer(bits: 32, isSigned: true): return elements(rows) { (value: Int32) in Float(Double(value)) }
    default: return nil
    }
  }
}

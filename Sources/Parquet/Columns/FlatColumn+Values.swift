import Values

extension FlatColumn: ColumnarColumn {
  package func value(at row: Int) -> NestedValue {
    if let validity, !validity[row] { return .null }
    return ValueConversion(self).value(at: row)
  }

  package var areTexts: Bool {
    if case .bytes = values { [.string, .enumeration, .json].contains(leaf.annotation) } else { false }
  }

  package func forEachText<Failure: Error>(
    _ body: (_ row: Int, _ bytes: UnsafeRawBufferPointer?) throws(Failure) -> Void
  ) throws(Failure) {
    guard case .bytes(let strings) = values else { return }
    try strings.forEach { (row, bytes) throws(Failure) in
      try body(row, validity.map { $0[row] } ?? true ? bytes : nil)
    }
  }

  package func numbers() -> ColumnNumbers? {
    let isThere = validity.map { Array($0.buffer) }
    defer { withExtendedLifetime(self) {} }
    switch (values, leaf.annotation) {
    case (.double(let values), nil): return ColumnNumbers(.doubles(Array(values.buffer)), validity: isThere)
    case (.float(let values), nil): return ColumnNumbers(.floats(Array(values.buffer)), validity: isThere)
    case (.int32(let values), nil), (.int32(let values), .integer(bits: 32, isSigned: true)):
      return ColumnNumbers(.wholes(values.buffer.map { Int64($0) }), validity: isThere)
    case (.int64(let values), nil), (.int64(let values), .integer(bits: 64, isSigned: true)):
      return ColumnNumbers(.wholes(Array(values.buffer)), validity: isThere)
    default: return nil
    }
  }
}

import Values

/// The values of a node of the schema in one row group, put together for any row that is asked for.
struct NestedColumn: ColumnarColumn {
  private let reader: FieldReader
  private let rowCount: Int
  /// Where the entries and the values of each row begin, by leaf.
  private let starts: [[LeafCursor.Place]]
  private let list: (Shape.Repeating, LeafColumn)?

  init(_ file: ParquetFile, rowGroup: Int, _ node: SchemaNode) throws(ColumnarError) {
    let columns = try file.decode(rowGroup: rowGroup, node)
    reader = FieldReader(file, rowGroup: rowGroup, node, columns)
    rowCount = file.rowCount(ofGroup: rowGroup)
    starts = columns.map(\.rowStarts)
    list =
      if case .list(let repeating, let element) = reader.shape.kind, case .leaf = element.kind,
        columns[0].leaf.maxRepetition == 1
      { (repeating, columns[0]) } else { nil }
  }

  func value(at row: Int) throws(ColumnarError) -> NestedValue {
    precondition(row >= 0 && row < rowCount)
    var reader = reader
    return try reader.value(from: starts.map { $0[row] })
  }

  func check() throws(ColumnarError) {
    var reader = reader
    while try reader.next() != nil {}
  }

  func lists() -> ColumnLists? {
    guard let (repeating, column) = list, let values = column.floats else { return nil }
    let maxDefinition = column.leaf.maxDefinition
    var starts: [Int] = []
    starts.reserveCapacity(rowCount + 1)
    var areWhole = [Bool](repeating: true, count: rowCount)
    var next = 0
    for entry in 0..<column.entryCount {
      let definition = column.definition.map { Int($0[entry]) } ?? maxDefinition
      let isFirst = column.repetition.map { $0[entry] == 0 } ?? true
      if isFirst { starts.append(next) }
      // What contradicts itself is told value by value.
      guard isFirst || definition >= repeating.definition, !starts.isEmpty, starts.count <= rowCount else {
        return nil
      }
      if definition == maxDefinition { next += 1 } else { areWhole[starts.count - 1] = false }
    }
    guard starts.count == rowCount, next == values.count else { return nil }
    return ColumnLists(
      values: values, starts: starts + [next], areWhole: areWhole.allSatisfy(\.self) ? nil : areWhole)
  }
}

extension LeafColumn {
  /// As `ColumnLists` has them; nil of what are no plain numbers.
  fileprivate var floats: [Float]? {
    defer { withExtendedLifetime(self) {} }
    switch (values, leaf.annotation) {
    case (.double(let values), nil): return values.buffer.map { Float($0) }
    case (.float(let values), nil): return Array(values.buffer)
    case (.int32(let values), nil): return values.buffer.map { Float(Double($0)) }
    case (.int64(let values), nil): return values.buffer.map { Float(Double($0)) }
    default: return nil
    }
  }
}

import Values

/// Puts the values of one top-level field together, row by row (the assembly of Melnik et al., "Dremel", VLDB 2010, by
/// recursion over the schema). The leaves of the field are decoded at once for one row group, all of them within
/// `limits.chunkBytes`.
package struct FieldReader: Sendable {
  let shape: Shape
  private let firstLeaf: Int
  private var cursors: [LeafCursor]
  private var rowsLeft: Int
  private let valueLimit: Int
  /// What the row at hand may still hold.
  private var valuesLeft = 0

  package init(_ file: ParquetFile, rowGroup: Int, field: Int) throws(ColumnarError) {
    guard file.schema.fields.indices.contains(field) else { throw ColumnarError(.usage, "no field \(field)") }
    let node = file.schema.fields[field]
    self.init(file, rowGroup: rowGroup, node, try file.decode(rowGroup: rowGroup, node))
  }

  /// - Parameter columns: the leaves of `node`, of this row group.
  init(_ file: ParquetFile, rowGroup: Int, _ node: SchemaNode, _ columns: [LeafColumn]) {
    cursors = columns.map(LeafCursor.init)
    shape = Shape(node)
    firstLeaf = node.leaves.lowerBound
    valueLimit = file.limits.valuesPerRow
    rowsLeft = file.rowCount(ofGroup: rowGroup)
  }

  /// The value of the next row; nil behind the last.
  package mutating func next() throws(ColumnarError) -> NestedValue? {
    guard rowsLeft > 0 else {
      for cursor in cursors where !cursor.isAtEnd { throw cursor.failure("entries behind the last row") }
      return nil
    }
    rowsLeft -= 1
    return try row()
  }

  /// The value of the row that begins at these places, one a leaf.
  mutating func value(from places: [LeafCursor.Place]) throws(ColumnarError) -> NestedValue {
    for (index, place) in places.enumerated() { cursors[index].move(to: place) }
    return try row()
  }

  private mutating func row() throws(ColumnarError) -> NestedValue {
    for cursor in cursors where cursor.isAtEnd || cursor.repetition != 0 {
      throw cursor.failure("a record that does not begin with the repetition level 0")
    }
    valuesLeft = valueLimit
    return try value(shape)
  }

  private mutating func value(_ shape: Shape) throws(ColumnarError) -> NestedValue {
    guard valuesLeft > 0 else {
      throw ColumnarError(.limit, "a row holds more than \(valueLimit) values in one field")
    }
    valuesLeft -= 1
    if let presence = shape.presence, try !isDefined(shape.leaves, at: presence) {
      try skip(shape.leaves)
      return .null
    }
    switch shape.kind {
    case .leaf: return try cursors[shape.leaves.lowerBound - firstLeaf].take()
    case .structure(let names, let fields):
      var values: [NestedValue] = []
      values.reserveCapacity(fields.count)
      for field in fields { values.append(try value(field)) }
      return .structure(StructureValue(names: names, values: values))
    case .list(let repeating, let element):
      var values: [NestedValue] = []
      try forEachRepetition(shape.leaves, repeating) { (reader) throws(ColumnarError) in
        values.append(try reader.value(element))
      }
      return .list(values)
    case .map(let repeating, let key, let content):
      var entries: [EntryValue] = []
      try forEachRepetition(shape.leaves, repeating) { (reader) throws(ColumnarError) in
        let key = try reader.value(key)
        entries.append(EntryValue(key: key, value: try reader.value(content)))
      }
      return .map(entries)
    }
  }

  private mutating func forEachRepetition(
    _ leaves: Range<Int>, _ repeating: Shape.Repeating,
    _ body: (inout FieldReader) throws(ColumnarError) -> Void
  ) throws(ColumnarError) {
    guard try isDefined(leaves, at: repeating.definition) else { return try skip(leaves) }
    repeat { try body(&self) } while try repeats(leaves, at: repeating.repetition)
  }

  /// Whether the entry at hand reaches `level`, on which all leaves below a node must agree.
  private func isDefined(_ leaves: Range<Int>, at level: Int) throws(ColumnarError) -> Bool {
    let result = cursors[leaves.lowerBound - firstLeaf].definition >= level
    for leaf in leaves.dropFirst() where (cursors[leaf - firstLeaf].definition >= level) != result {
      throw cursors[leaf - firstLeaf].failure("the definition levels of columns of one group differ")
    }
    return result
  }

  private func repeats(_ leaves: Range<Int>, at level: Int) throws(ColumnarError) -> Bool {
    let result = cursors[leaves.lowerBound - firstLeaf].repetition == level
    for leaf in leaves.dropFirst() where (cursors[leaf - firstLeaf].repetition == level) != result {
      throw cursors[leaf - firstLeaf].failure("the repetition levels of columns of one group differ")
    }
    return result
  }

  private mutating func skip(_ leaves: Range<Int>) throws(ColumnarError) {
    for leaf in leaves { try cursors[leaf - firstLeaf].skip() }
  }
}

extension ParquetFile {
  /// The leaves of a node, all of them within `limits.chunkBytes`.
  func decode(rowGroup: Int, _ node: SchemaNode) throws(ColumnarError) -> [LeafColumn] {
    let budget = MemoryBudget(limits.chunkBytes)
    var columns: [LeafColumn] = []
    for leaf in node.leaves { columns.append(try decode(rowGroup: rowGroup, leaf: leaf, budget)) }
    return columns
  }
}

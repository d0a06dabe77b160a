import Values

/// Row groups as chunks.
extension ParquetFile: ColumnarFile {
  package var fields: [ColumnField] { schema.fields.map { $0.described(depth: 1) } }

  package func metadata(_ name: String) -> String? { keyValues.first { $0.key == name }?.value }

  package var chunkSizes: [Int] { (0..<rowGroupCount).map(rowCount(ofGroup:)) }

  package func chunk(_ index: Int) throws(ColumnarError) -> any ColumnarChunk {
    guard (0..<rowGroupCount).contains(index) else { throw ColumnarError(.usage, "no row group \(index)") }
    return RowGroup(self, index)
  }
}

extension ParquetSchema {
  func node(_ path: FieldPath) -> SchemaNode? {
    guard fields.indices.contains(path.field) else { return nil }
    var node = fields[path.field]
    for member in path.members {
      guard node.children.indices.contains(member) else { return nil }
      node = node.children[member]
    }
    return node
  }
}

extension SchemaNode {
  /// Structures that lie deeper are values as they stand, as are lists and maps.
  private static let depthLimit = 16

  fileprivate func described(depth: Int) -> ColumnField {
    let kind = Shape(self).kind
    let isStructure = if case .structure = kind { depth < Self.depthLimit } else { false }
    let isMap = if case .map = kind { true } else { false }
    let isSingle = repetition != .repeated
    return ColumnField(
      name: name, members: isStructure ? children.map { $0.described(depth: depth + 1) } : [],
      isMap: isMap, holdsBytes: isSingle && physical == .byteArray && annotation == nil,
      holdsWholeNumbers: isSingle && (physical == .int32 || physical == .int64))
  }
}

import Dispatch
import Synchronization
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

/// A row group whose columns are decoded when they are first asked for, and kept.
private final class RowGroup: ColumnarChunk {
  private let file: ParquetFile
  private let index: Int
  private let decoded = Mutex<[FieldPath: any ColumnarColumn]>([:])
  var rowCount: Int { file.rowCount(ofGroup: index) }

  init(_ file: ParquetFile, _ index: Int) {
    self.file = file
    self.index = index
  }

  func column(_ path: FieldPath) throws(ColumnarError) -> any ColumnarColumn {
    try decoded.withLock { decoded throws(ColumnarError) in
      if let column = decoded[path] { return column }
      let column = try decode(path)
      decoded[path] = column
      return column
    }
  }

  func prepare(_ paths: [FieldPath], threads: Int) {
    let missing = decoded.withLock { known in paths.filter { known[$0] == nil } }
    let lanes = min(threads, missing.count)
    guard lanes > 1 else { return }
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      for place in stride(from: lane, to: missing.count, by: lanes) {
        guard let column = try? decode(missing[place]) else { continue }
        decoded.withLock { $0[missing[place]] = column }
      }
    }
  }

  private func decode(_ path: FieldPath) throws(ColumnarError) -> any ColumnarColumn {
    guard let node = file.schema.node(path) else { throw ColumnarError(.usage, "no column \(path)") }
    let leaf = node.leaves.lowerBound
    if node.isLeaf, file.schema.leaves[leaf].isFlat {
      return try file.decodeFlat(rowGroup: index, leaf: leaf)
    }
    return try NestedColumn(file, rowGroup: index, node)
  }
}

extension ParquetSchema {
  fileprivate func node(_ path: FieldPath) -> SchemaNode? {
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

import Dispatch
import Synchronization
import Values

/// A row group whose columns are decoded when they are first asked for, and kept. Of those of which single values are asked for
/// only the pages that hold these are decoded, and the last ones kept.
final class RowGroup: ColumnarChunk {
  private let file: ParquetFile
  private let index: Int
  private let decoded = Mutex<[FieldPath: any ColumnarColumn]>([:])
  private let paged = Mutex<[FieldPath: any SingleValues]>([:])
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

  func value(_ path: FieldPath, at row: Int) throws(ColumnarError) -> NestedValue {
    if let column = decoded.withLock({ $0[path] }) { return try column.value(at: row) }
    let pages = try paged.withLock { paged throws(ColumnarError) in
      if let known = paged[path] { return known }
      let pages = try single(path)
      paged[path] = pages
      return pages
    }
    return try pages.value(at: row)
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
    if let leaf = flatLeaf(path) { return try file.decodeFlat(rowGroup: index, leaf: leaf) }
    return try NestedColumn(file, rowGroup: index, try node(path))
  }

  private func single(_ path: FieldPath) throws(ColumnarError) -> any SingleValues {
    if let leaf = flatLeaf(path) { return try PagedColumn(file, rowGroup: index, leaf: leaf) }
    return try PagedNode(file, rowGroup: index, try node(path))
  }

  private func node(_ path: FieldPath) throws(ColumnarError) -> SchemaNode {
    guard let node = file.schema.node(path) else { throw ColumnarError(.usage, "no column \(path)") }
    return node
  }

  /// The leaf that a column is; nil of those that are nested.
  private func flatLeaf(_ path: FieldPath) -> Int? {
    guard let node = file.schema.node(path), node.isLeaf,
      file.schema.leaves[node.leaves.lowerBound].isFlat
    else { return nil }
    return node.leaves.lowerBound
  }
}

import Synchronization
import Values

/// Values of which each is read without the others of its row group.
protocol SingleValues: Sendable {
  /// - Throws: also where there is no such row.
  func value(at row: Int) throws(ColumnarError) -> NestedValue
}

/// A list, a map or a structure whose leaves are decoded page by page.
final class PagedNode: SingleValues {
  private let file: ParquetFile
  private let rowGroup: Int
  private let node: SchemaNode
  private let leaves: Mutex<[PagedLeaf]>

  init(_ file: ParquetFile, rowGroup: Int, _ node: SchemaNode) throws(ColumnarError) {
    (self.file, self.rowGroup, self.node) = (file, rowGroup, node)
    var leaves: [PagedLeaf] = []
    for leaf in node.leaves { leaves.append(try PagedLeaf(file, rowGroup: rowGroup, leaf: leaf)) }
    self.leaves = Mutex(leaves)
  }

  func value(at row: Int) throws(ColumnarError) -> NestedValue {
    guard row >= 0, row < file.rowCount(ofGroup: rowGroup) else {
      throw ColumnarError(.usage, "no row \(row)")
    }
    let places = try leaves.withLock { leaves throws(ColumnarError) in
      var places: [(column: LeafColumn, start: LeafCursor.Place)] = []
      for leaf in leaves.indices { places.append(try leaves[leaf].place(of: row)) }
      return places
    }
    var reader = FieldReader(file, rowGroup: rowGroup, node, places.map(\.column))
    return try reader.value(from: places.map(\.start))
  }
}

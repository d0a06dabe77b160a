import CVector

/// A binary tree of cuts through single columns, as a list of nodes that grows: node 0 is the root, siblings stand side by
/// side.
package struct DecisionTree: Sendable {
  private static let blockRows = 512
  private var nodes = [CVectorNode(column: -1, cut: 0, next: 0)]

  package init() {}

  /// Cuts a node that has not been cut.
  /// - Returns: the node of the rows whose value is below; all others go to the one after it.
  package mutating func cut(_ node: Int, column: Int, value: Float) -> Int {
    let below = nodes.count
    nodes[node] = CVectorNode(column: Int32(column), cut: value, next: Int32(below))
    nodes.append(CVectorNode(column: -1, cut: 0, next: 0))
    nodes.append(CVectorNode(column: -1, cut: 0, next: 0))
    return below
  }

  /// Makes a node that is not cut the leaf of that number.
  package mutating func end(_ node: Int, leaf: Int) { nodes[node].next = Int32(leaf) }

  /// Calls `body` with each row of `features` and the number of its leaf.
  package func forEachLeaf(of features: DenseMatrix, _ body: (_ row: Int, _ leaf: Int) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.blockRows) { leaves in
      features.withUnsafeValues { values in
        nodes.withUnsafeBufferPointer { nodes in
          guard let x = values.baseAddress, let nodes = nodes.baseAddress, let first = leaves.baseAddress
          else {
            return
          }
          let width = features.columns
          for start in stride(from: 0, to: features.rows, by: Self.blockRows) {
            let count = min(Self.blockRows, features.rows - start)
            cvector_leaves(nodes, x + start * width, count, width, first)
            for index in 0..<count { body(start + index, Int(leaves[index])) }
          }
        }
      }
    }
  }
}

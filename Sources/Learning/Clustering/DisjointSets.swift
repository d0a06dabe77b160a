import Model
import Numerics

/// Union-find with path halving (Tarjan & van Leeuwen, JACM 1984).
package struct DisjointSets {
  private var parent: [Int]
  package init(count: Int) { parent = Array(0..<count) }

  /// Chains of samples whose neighbors in the table lie closer than `limit`.
  package init(chaining table: NeighborTable, closerThan limit: Float) {
    self.init(count: table.indices.count / max(1, table.k))
    for row in parent.indices {
      for entry in row * table.k..<(row + 1) * table.k {
        // Nearest first.
        guard table.indices[entry] >= 0, table.distances[entry] < limit else { break }
        join(row, Int(table.indices[entry]))
      }
    }
  }

  mutating func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }
  /// Makes one set of the sets of two members, 0..<count.
  package mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    // The lower index is the root, so that the result does not depend on the order of joins.
    if x != y { parent[max(x, y)] = min(x, y) }
  }
  /// - Parameter isKept: asked of the first member, whether its set is one of them.
  package mutating func groups(where isKept: (Int) -> Bool = { _ in true }) -> RowGroups {
    for index in parent.indices { parent[index] = root(index) }
    return RowGroups(firsts: parent, where: isKept)
  }
}

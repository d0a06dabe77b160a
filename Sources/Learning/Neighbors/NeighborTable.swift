import Model

/// The nearest neighbors of each sample, itself excluded, nearest first.
package struct NeighborTable: Sendable {
  /// Columns of the table; 0 where nothing was searched for.
  package let k: Int
  /// [N, k] row-major sample indices; -1 where a sample has fewer.
  package let indices: Column<Int32>
  /// [N, k] row-major Euclidean distances, rising in each row; NaN where the index is -1.
  package let distances: Column<Float>
  package init(k: Int, indices: Column<Int32>, distances: Column<Float>) {
    self.k = k
    self.indices = indices
    self.distances = distances
  }
  /// The same with the `k` nearest alone; the table itself where it has no more.
  package func prefix(_ k: Int) -> NeighborTable {
    guard k < self.k else { return self }
    func nearest<Value>(_ column: Column<Value>) -> Column<Value> {
      let rows = column.count / self.k
      let values = [Value](unsafeUninitializedCapacity: rows * k) { target, count in
        column.withUnsafeBufferPointer { column in
          guard let from = column.baseAddress, let to = target.baseAddress else { return }
          for row in 0..<rows { (to + row * k).initialize(from: from + row * self.k, count: k) }
        }
        count = rows * k
      }
      return Column(values)
    }
    return NeighborTable(k: k, indices: nearest(indices), distances: nearest(distances))
  }
  /// The nearest of them, at most `limit`. Indices that name no sample are left out: the table may lie in a file that
  /// nobody has read through.
  package func neighbors(of row: Int, limit: Int = .max) -> [Int] {
    guard k > 0 else { return [] }
    let samples = indices.count / k
    var neighbors: [Int] = []
    neighbors.reserveCapacity(min(k, limit))
    indices.withUnsafeBufferPointer { indices in
      for entry in row * k..<(row + 1) * k {
        let other = Int(indices[entry])
        guard other >= 0, other < samples else { continue }
        guard neighbors.count < limit else { return }
        neighbors.append(other)
      }
    }
    return neighbors
  }
}

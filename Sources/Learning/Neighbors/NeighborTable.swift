import Model

/// The nearest neighbors of each sample, itself excluded, nearest first.
package struct NeighborTable: Sendable {
  package let k: Int
  /// [N, k] row-major sample indices; -1 where a sample has fewer.
  package let indices: Column<Int32>
  /// [N, k] row-major Euclidean distances.
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
      var values: [Value] = []
      values.reserveCapacity(column.count / self.k * k)
      for start in stride(from: 0, to: column.count, by: self.k) {
        values.append(contentsOf: column[start..<start + k])
      }
      return Column(values)
    }
    return NeighborTable(k: k, indices: nearest(indices), distances: nearest(distances))
  }
  /// Indices that name no sample are left out: the table may lie in a file that nobody has read through.
  package func neighbors(of row: Int) -> [Int] {
    guard k > 0 else { return [] }
    let samples = 0..<indices.count / k
    return (row * k..<(row + 1) * k).map { Int(indices[$0]) }.filter(samples.contains)
  }
}

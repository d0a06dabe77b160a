import Learning
import Model

enum MeanDistance {
  static func scores(_ table: NeighborTable, k: Int, excluding unusable: Set<Int>) -> [Float] {
    let used = min(k, table.k)
    return (0..<table.indices.count / table.k).map { row in
      guard !unusable.contains(row) else { return .nan }
      var (sum, count) = (Float(0), 0)
      for entry in row * table.k..<row * table.k + used where table.indices[entry] >= 0 {
        sum += table.distances[entry]
        count += 1
      }
      return count > 0 ? sum / Float(count) : .nan
    }
  }
}

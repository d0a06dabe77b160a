import Learning
import Model

enum MeanDistance {
  static func scores(_ table: NeighborTable, k: Int, excluding unusable: Set<Int>) -> [Float] {
    let used = min(k, table.k)
    return (0..<table.indices.count / table.k).map { row in
      guard !unusable.contains(row) else { return .nan }
      let entries = (row * table.k..<row * table.k + used).filter { table.indices[$0] >= 0 }
      guard !entries.isEmpty else { return .nan }
      return entries.reduce(Float(0)) { $0 + table.distances[$1] } / Float(entries.count)
    }
  }
}

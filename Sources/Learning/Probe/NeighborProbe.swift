import Model
import Numerics

/// Class shares among the nearest neighbors of each sample, itself left out.
package enum NeighborProbe {
  package static let k = 15

  static func leaveOneOut(
    neighbors: NeighborTable, labels: [Int], classCount: Int, excluding excluded: Set<Int>
  ) -> DenseMatrix {
    var prior = [Float](repeating: 0, count: classCount)
    let labeled = labels.indices.filter { labels[$0] >= 0 && !excluded.contains($0) }
    for row in labeled { prior[labels[row]] += 1 / Float(labeled.count) }
    if labeled.isEmpty { prior = prior.map { _ in 1 / Float(classCount) } }
    var values = [Float](repeating: 0, count: labels.count * classCount)
    for row in labels.indices {
      let near = neighbors.neighbors(of: row, limit: k).map { labels[$0] }.filter { $0 >= 0 }
      // One neighbor's worth of the class shares: no probability is quite 0.
      let weight = 1 / Float(near.count + 1)
      for label in 0..<classCount { values[row * classCount + label] = prior[label] * weight }
      for label in near { values[row * classCount + label] += weight }
    }
    return DenseMatrix(rows: labels.count, columns: classCount, values: values)
  }
}

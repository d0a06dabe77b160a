import Model
import Numerics

/// Groups of copies and near copies in the input features, so that frames of one scene or repeats of one template count
/// as one holder.
package enum NearCopies {
  /// Of the median nearest distance (the default of cleanlab).
  package static let threshold: Float = 0.13

  /// For each row the first row of its group: rows are joined that lie closer than `threshold` of the median nearest distance.
  package static func groups(_ neighbors: NeighborTable) -> [Int]? {
    guard neighbors.k > 0 else { return nil }
    let count = neighbors.indices.count / neighbors.k
    let nearest = (0..<count).map { neighbors.distances[$0 * neighbors.k] }
    let limit = threshold * Float(max(Statistics.median(nearest), 1e-12))
    var sets = DisjointSets(chaining: neighbors, closerThan: limit)
    return (0..<count).map { sets.root($0) }
  }
}

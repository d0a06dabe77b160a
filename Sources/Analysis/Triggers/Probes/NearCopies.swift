import Model

/// Groups of copies and near copies in the input features, so that frames of one scene or repeats of one template count
/// as one holder.
enum NearCopies {
  /// For each row the first row of its group: rows are joined that lie closer than `NearDuplicates.threshold` of the
  /// median nearest distance.
  static func groups(_ neighbors: NeighborTable) -> [Int]? {
    guard neighbors.k > 0 else { return nil }
    let count = neighbors.indices.count / neighbors.k
    let nearest = (0..<count).map { neighbors.distances[$0 * neighbors.k] }
    let limit = NearDuplicates.threshold * Float(max(Statistics.median(nearest), 1e-12))
    var sets = DisjointSets(chaining: neighbors, closerThan: limit)
    return (0..<count).map { sets.root($0) }
  }
}

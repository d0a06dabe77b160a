import Model

/// From neighbors among distinct items back to neighbors among rows.
enum NeighborExpansion {
  /// A row's neighbors are the other rows of its own item and the rows of the near items, by distance and then by
  /// row. `lists` has k items each, so k rows at least wherever there are that many. With `labeledOnly`, rows
  /// without a label have no neighbors.
  static func table(
    _ lists: [[Candidate]], items: DistinctRows, k: Int, rows: Int, workers: Workers,
    labeledOnly: Bool = false
  ) throws -> NeighborTable {
    var indices = [Int32](repeating: -1, count: rows * k)
    var distances = [Float](repeating: .nan, count: rows * k)
    guard k > 0 else { return NeighborTable(k: 0, indices: [], distances: []) }
    let blocks = try workers.map(count: items.count, blockSize: 1024) { range in
      range.map { item -> [Candidate] in
        // One more than k, because a row is no neighbor of its own.
        var near = items.members[item].prefix(k + 1).map { Candidate(value: 0, item: $0) }
        for candidate in lists[item] {
          for row in items.members[Int(candidate.item)].prefix(k) {
            near.append(Candidate(value: candidate.value, item: row))
          }
        }
        near.sort()
        return Array(near.prefix(k + 1))
      }
    }
    for (item, near) in blocks.joined().enumerated() {
      let own = labeledOnly && items.labels[item] < 0 ? [] : items.members[item]
      for row in own {
        var place = Int(row) * k
        let end = place + k
        for candidate in near where candidate.item != row && place < end {
          indices[place] = candidate.item
          distances[place] = candidate.value.squareRoot()
          place += 1
        }
      }
    }
    return NeighborTable(k: k, indices: Column(indices), distances: Column(distances))
  }
}

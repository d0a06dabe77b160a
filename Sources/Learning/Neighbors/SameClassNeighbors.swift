/// The nearest items of the same class, read from a table of the nearest of all: where some hundred nearest hold as many
/// of the class as are wanted, these are the nearest of the class, and need not be searched for.
struct SameClassNeighbors: Sendable {
  private let search: NeighborSearch
  private let nearest: NeighborTable
  private let k: Int
  /// -1 for rows of no item.
  private let itemOfRow: [Int32]

  /// - Parameter nearest: of the rows of the search, among all of them.
  init(_ search: NeighborSearch, in nearest: NeighborTable, k: Int) {
    self.search = search
    self.nearest = nearest
    self.k = k
    var itemOfRow = [Int32](repeating: -1, count: search.features.rows)
    for item in 0..<search.items.count {
      for row in search.items.members(item) { itemOfRow[Int(row)] = Int32(item) }
    }
    self.itemOfRow = itemOfRow
  }

  /// The k nearest other items of an item's class, nearest first; nil where the table has fewer.
  func list(of item: Int) -> [Candidate]? {
    let label = search.items.labels[item]
    let first = search.items.firstRow(item) * nearest.k
    var list: [Candidate] = []
    list.reserveCapacity(k)
    for entry in first..<first + nearest.k where list.count < k && nearest.indices[entry] >= 0 {
      let other = itemOfRow[Int(nearest.indices[entry])]
      guard search.items.labels[Int(other)] == label, Int(other) != item,
        !list.contains(where: { $0.item == other })
      else { continue }
      list.append(Candidate(value: search.squaredDistance(item, Int(other)), item: other))
    }
    return list.count == k ? list : nil
  }
}

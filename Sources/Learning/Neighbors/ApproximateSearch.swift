import Numerics

/// Approximate k nearest neighbors through an inverted file, with as little looked at as the wanted recall allows.
///
/// Before all items are searched for, 1,000 of them are, and compared with their exact neighbors: the budget of items
/// that a query looks at is widened until the recall is reached.
enum ApproximateSearch {
  /// Nil where it would have to look at so much that the exact search is faster: data without any structure, or whose
  /// neighbors the rounding of products hides.
  /// - Throws: what the search's `checkCancellation` throws.
  static func run(
    _ given: NeighborSearch, seed: UInt64, progress: @escaping @Sendable (Double) -> Void
  ) throws -> NeighborSearch.Result? {
    let file = try InvertedFile(given, seed: seed)
    let classSize = file.classLists.values.map { $0.reduce(0) { $0 + $1.items.count } }.max() ?? 0
    guard
      let all = try Tuned(file, k: given.k, sameClass: false, maxItems: given.items.count / 2, seed: seed),
      let sameClass = try Tuned(file, k: given.classK, sameClass: true, maxItems: classSize, seed: seed)
    else { return nil }
    var result = NeighborSearch.Result(
      all: try all.table { progress($0 / 2) }, sameClass: try sameClass.table { progress(0.5 + $0 / 2) })
    result.recall = all.recall
    result.classRecall = sameClass.recall
    return result
  }
}

/// A search whose budget has been found to suffice.
private struct Tuned {
  private let search: CellSearch
  /// Nil where there is nothing to find.
  let recall: NeighborRecall?
  /// Recall below which the budget is far from enough.
  private static let poor = 0.9

  /// Nil where a budget of `maxItems` does not suffice.
  init?(_ file: InvertedFile, k: Int, sameClass: Bool, maxItems: Int, seed: UInt64) throws {
    let items = file.search.items
    // More than there are candidates to keep, so that a short list means that there are no more.
    var search = CellSearch(
      file: file, k: k, sameClass: sameClass, budget: 4 * (k + NeighborSearch.slack))
    let queries = Self.queries(items, labeledOnly: sameClass, seed: seed)
    guard k > 0, !queries.isEmpty else {
      recall = nil
      self.search = search
      return
    }
    var found = try search.nearest(to: queries)
    let exact = try NeighborRepair(search: file.search, sameClass: sameClass)
      .run(queries, known: found)
    var widened = 0
    while true {
      let at10 = NeighborRecall.share(found, of: exact, k: min(10, k))
      let at50 = NeighborRecall.share(found, of: exact, k: min(50, k))
      if min(at10, at50) >= NeighborRecall.minimum {
        recall = NeighborRecall(
          recallAt10: at10, recallAt50: at50, queries: queries.count, items: items.count,
          cells: file.cells.count, budget: search.budget, widened: widened)
        self.search = search
        return
      }
      guard search.budget < maxItems else { return nil }
      search.budget += min(at10, at50) < Self.poor ? search.budget : search.budget / 4
      widened += 1
      found = try search.nearest(to: queries)
    }
  }

  /// Ascending.
  private static func queries(_ items: DistinctRows, labeledOnly: Bool, seed: UInt64) -> [Int] {
    var random = SeededRandom(seed: seed, stream: 0x5245)
    var queries = (0..<items.count).filter { !labeledOnly || items.labels[$0] >= 0 }
    let count = min(NeighborRecall.maxQueries, queries.count)
    for index in 0..<count { queries.swapAt(index, index + random.below(queries.count - index)) }
    return queries.prefix(count).sorted()
  }

  func table(progress: @escaping @Sendable (Double) -> Void) throws -> NeighborTable {
    let file = search.file
    return try NeighborExpansion.table(
      items: file.search.items, k: search.k, rows: file.search.features.rows, blocks: file.cells,
      workers: file.search.workers, labeledOnly: search.sameClass
    ) { cell in
      try file.search.checkCancellation()
      progress(Double(cell + 1) / Double(file.cells.count))
      return search.nearest(to: Array(file.cells[cell]), in: cell)
    }
  }
}

extension CellSearch {
  /// The k nearest of each of `queries`, which are ascending.
  fileprivate func nearest(to queries: [Int]) throws -> [[Candidate]] {
    var groups: [(cell: Int, queries: [Int])] = []
    var cell = 0
    for query in queries {
      while file.cells[cell].upperBound <= query { cell += 1 }
      if groups.last?.cell == cell {
        groups[groups.count - 1].queries.append(query)
      } else {
        groups.append((cell, [query]))
      }
    }
    let sendable = groups
    return try file.search.workers.map(count: groups.count, blockSize: 8) { range in
      try file.search.checkCancellation()
      return range.flatMap { nearest(to: sendable[$0].queries, in: sendable[$0].cell) }
    }.flatMap { $0 }
  }
}

import Numerics

/// Approximate k nearest neighbors through an inverted file, with as little looked at as the wanted recall allows.
///
/// Before all items are searched for, 1,000 of them are, and compared with their exact neighbors: the budget of items
/// that a query looks at is widened until the recall is reached, or `maxBudget` is.
enum ApproximateSearch {
  /// Nil where it would have to look at so much that the exact search is faster: of not too many rows those without any
  /// structure, or whose neighbors the rounding of products hides.
  ///
  /// Where nothing is near anything, the share of all items that the recall takes falls slowly with their number (random texts:
  /// 20 % of 100,000, 15 % of 400,000), and the time would grow nearly as their square. A bounded budget makes it linear at the
  /// cost of recall: the neighbors that are missed there are hardly nearer than those that are found.
  /// - Parameter maxBudget: items beyond which the budget is not widened; the recall then says how much is found.
  /// - Throws: what the search's `checkCancellation` throws.
  static func run(
    _ given: NeighborSearch, maxBudget: Int, seed: UInt64, progress: @escaping @Sendable (Double) -> Void
  ) throws -> NeighborSearch.Result? {
    let file = try InvertedFile(given, seed: seed)
    guard
      let all = try Tuned(
        file, k: given.k, maxItems: given.items.count / 2, maxBudget: maxBudget, seed: seed)
    else { return nil }
    let nearest = try all.table { progress(0.75 * $0) }
    let known = SameClassNeighbors(file.search, in: nearest, k: given.classK)
    let classSize = file.classLists.values.map { $0.reduce(0) { $0 + $1.items.count } }.max() ?? 0
    // Within classes no more is asked for than is found among all.
    let wanted = min(NeighborRecall.minimum, all.recall?.lowest ?? NeighborRecall.minimum)
    guard
      let sameClass = try Tuned(
        file, k: given.classK, sameClass: known, wanted: wanted, maxItems: classSize, maxBudget: maxBudget,
        seed: seed)
    else { return nil }
    var result = NeighborSearch.Result(
      all: nearest, sameClass: try sameClass.table { progress(0.75 + 0.25 * $0) })
    result.recall = all.recall
    result.classRecall = sameClass.recall
    return result
  }
}

/// A search whose budget has been found to suffice, or to be as large as it may become.
private struct Tuned {
  private let search: CellSearch
  /// Of a search within classes, what needs no search; nil where that is no good.
  private let known: SameClassNeighbors?
  /// Nil where there is nothing to find.
  let recall: NeighborRecall?
  /// Recall below which the budget is far from enough.
  private static let poor = 0.9
  /// Queries of which a recall can be told.
  private static let minMeasured = 30

  /// Nil where a budget of `maxItems` does not suffice. At `maxBudget` it is taken as it is.
  ///
  /// Within classes the recall has to be reached both over all queries and over those that are searched for: most of
  /// these lie among another class, and are the ones that a scan looks for. Where they are too few, the search has to reach
  /// it by itself over all.
  /// - Parameters:
  ///   - sameClass: where neighbors are searched for within classes, those that are known.
  ///   - wanted: the recall.
  init?(
    _ file: InvertedFile, k: Int, sameClass: SameClassNeighbors? = nil,
    wanted: Double = NeighborRecall.minimum, maxItems: Int, maxBudget: Int, seed: UInt64
  ) throws {
    let items = file.search.items
    // More than there are candidates to keep, so that a short list means that there are no more.
    var search = CellSearch(
      file: file, k: k, sameClass: sameClass != nil, budget: 4 * (k + NeighborSearch.slack))
    let queries = Self.queries(items, labeledOnly: search.sameClass, seed: seed)
    guard k > 0, !queries.isEmpty else {
      (recall, known) = (nil, nil)
      self.search = search
      return
    }
    var found = try search.nearest(to: queries)
    let exact = try NeighborRepair(search: file.search, sameClass: search.sameClass)
      .run(queries, known: found)
    func measured(_ found: [[Candidate]], at places: [Int]) -> (at10: Double, at50: Double) {
      let (found, exact) = (places.map { found[$0] }, places.map { exact[$0] })
      return (
        NeighborRecall.share(found, of: exact, k: min(10, k)),
        NeighborRecall.share(found, of: exact, k: min(50, k))
      )
    }
    var lists = queries.map { sameClass?.list(of: $0) }
    let read = lists.indices.filter { lists[$0] != nil }
    let isGood = measured(lists.map { $0 ?? [] }, at: read).at50 >= wanted
    if !isGood { lists = queries.map { _ in nil } }
    known = isGood ? sameClass : nil
    let unknown = lists.indices.filter { lists[$0] == nil }
    let searched = unknown.count < Self.minMeasured ? Array(lists.indices) : unknown
    var widened = 0
    while true {
      let all = measured(zip(lists, found).map { $0 ?? $1 }, at: Array(lists.indices))
      let own = measured(found, at: searched)
      let lowest = min(all.at10, all.at50, own.at10, own.at50)
      let isBounded = (maxBudget..<max(maxBudget, maxItems)).contains(search.budget)
      if lowest >= wanted || isBounded {
        recall = NeighborRecall(
          recallAt10: all.at10, recallAt50: all.at50, queries: queries.count, items: items.count,
          cells: file.cells.count, budget: search.budget, widened: widened)
        self.search = search
        return
      }
      guard search.budget < maxItems else { return nil }
      let step = lowest < Self.poor ? search.budget : search.budget / 4
      search.budget = min(maxBudget, search.budget + step)
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
      return lists(of: Array(file.cells[cell]), in: cell)
    }
  }

  /// The k nearest of some items of a cell, which are ascending: those that are known, and the others by the search.
  private func lists(of items: [Int], in cell: Int) -> [[Candidate]] {
    var lists = items.map { known?.list(of: $0) }
    let searched = lists.indices.filter { lists[$0] == nil }
    let found = search.nearest(to: searched.map { items[$0] }, in: cell)
    for (place, list) in zip(searched, found) { lists[place] = list }
    return lists.map { $0 ?? [] }
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

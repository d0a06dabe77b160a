import Model

/// How near an approximate search is to the exact one, and what it looks at for that.
package struct NeighborRecall: Sendable, Equatable, Codable {
  /// Share, 0...1, of the exact nearest 10 items (fewer where the table is narrower) that the search finds, on average over
  /// the pairs of `queries`. Any item at the distance of the last one counts, since ties are no worse.
  package var recallAt10: Double
  /// The same of the nearest 50.
  package var recallAt50: Double
  /// Items drawn from the seed, whose exact neighbors were looked up: 1,000, or all that have a neighbor.
  package var queries: Int
  /// Distinct rows that are searched among.
  package var items: Int
  /// Cells that they lie in.
  package var cells: Int
  /// Items that each query looks at, at least.
  package var budget: Int
  /// How often the budget was raised because too few neighbors were found.
  package var widened: Int
  package init(
    recallAt10: Double, recallAt50: Double, queries: Int, items: Int, cells: Int, budget: Int, widened: Int
  ) {
    self.recallAt10 = recallAt10
    self.recallAt50 = recallAt50
    self.queries = queries
    self.items = items
    self.cells = cells
    self.budget = budget
    self.widened = widened
  }

  /// Recall below which a search is widened, as far as `NeighborSearch.maxBudget`.
  package static let minimum = 0.97
  var lowest: Double { min(recallAt10, recallAt50) }
  /// What a person should know of a search that was not widened until enough was found; nil of one that was.
  package var shortfall: String? {
    guard lowest < Self.minimum else { return nil }
    return
      "each is compared with some \(grouped(budget)) of \(grouped(items)), as most are about as near as others; "
      + "--exact-neighbors compares all"
  }
  static let maxQueries = 1000

  /// Share of the `k` nearest of `exact` that `found` has, both nearest first; 1 where there are none.
  static func share(_ found: [[Candidate]], of exact: [[Candidate]], k: Int) -> Double {
    var (hits, wanted) = (0, 0)
    for (found, exact) in zip(found, exact) {
      let nearest = exact.prefix(k)
      guard let last = nearest.last else { continue }
      wanted += nearest.count
      hits += found.prefix(k).count { $0.value <= last.value }
    }
    return wanted > 0 ? Double(hits) / Double(wanted) : 1
  }
}

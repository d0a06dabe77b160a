import Numerics

/// An item with its holders, and what the stages of `TriggerMiner` have found out about it so far.
package struct Candidate<Site: Comparable & Sendable>: Sendable, Equatable {
  package let site: Site
  /// Identifies the item at its site.
  package let code: UInt64
  /// Rows of the holders, ascending, each once, at least one.
  package let rows: [Int32]
  /// `ItemSource.specificity` of the site.
  let specificity: Int
  /// `ItemSource.collocationLogOdds`; 0 where nothing is known.
  var collocationLogOdds = 0.0
  /// The labels of the holders against what the last stage expected of them.
  var statistic = ItemStatistic.untested

  package init(site: Site, code: UInt64, rows: [Int32], specificity: Int = 0) {
    self.site = site
    self.code = code
    self.rows = rows
    self.specificity = specificity
  }

  func with(_ statistic: ItemStatistic) -> Candidate {
    var candidate = self
    candidate.statistic = statistic
    return candidate
  }

  /// One holder, by which an item is shown.
  var holder: Int { rows.first.map(Int.init) ?? 0 }

  /// At most `limit` holders, spread evenly.
  func sample(limit: Int) -> [Int32] { EvenSample(of: rows.count, limit: limit).rows(of: rows) }

  /// A sum of hashes of the rows: equal for items with the same holders.
  var fingerprint: UInt64 { rows.reduce(0) { $0 &+ Hash.mix(UInt64($1) &+ 1) } }

  /// Whether more than half of the rows that hold either item hold both (Jaccard index).
  func sharesMostHolders(with other: Candidate) -> Bool { SortedSets.jaccard(rows, other.rows) > 0.5 }

  /// By ascending p-value. The order is total, so that it depends on nothing but the data.
  static func ranked(
    _ candidates: [Candidate], dispersion: Double, bySpecificity: Bool = true
  ) -> [Candidate] {
    // To a tenth, as items with the same holders differ by rounding only.
    let keys = candidates.map { ($0.statistic.logP(dispersion: dispersion) * 10).rounded() }
    return candidates.indices.sorted { a, b in
      if keys[a] != keys[b] { return keys[a] < keys[b] }
      let (left, right) = (candidates[a], candidates[b])
      if bySpecificity, left.specificity != right.specificity { return left.specificity > right.specificity }
      return left.site != right.site ? left.site < right.site : left.code < right.code
    }.map { candidates[$0] }
  }
}

/// Positions of at most `limit` of `total` elements, spread evenly.
struct EvenSample: Sendable {
  let count: Int
  private let step: Double

  init(of total: Int, limit: Int) {
    step = max(1, Double(total) / Double(limit))
    count = min(total, limit)
  }

  /// Share of the elements that are in the sample.
  var share: Double { 1 / step }
  subscript(index: Int) -> Int { Int(Double(index) * step) }
  func rows(of rows: [Int32]) -> [Int32] { (0..<count).map { rows[self[$0]] } }
}

import Model
import Numerics

/// The k nearest neighbors among all samples and among those of the same class, from one of two searches:
/// `ExactSearch` over all pairs, or from some hundred thousand distinct rows on `ApproximateSearch`, whose time grows
/// little faster than the rows and whose recall against the exact one is measured.
package struct NeighborSearch: Sendable {
  /// Candidates kept beyond k by the rounded distances of matrix products, before exact distances choose.
  static let slack = 14
  /// Distinct rows up to which a search is exact. At this size it takes some ten seconds.
  package static let maxExactRows = 100_000
  /// Items that a query of an approximate search is compared with at most, but for the rest of a cell: a third of those that
  /// a query of the largest exact search is.
  package static let maxBudget = 1 << 15

  let features: DenseMatrix
  let items: DistinctRows
  /// [items, D], centered; and the squared norms.
  let points: [Float]
  let norms: [Float]
  let k: Int
  let classK: Int
  let workers: Workers
  let checkCancellation: @Sendable () throws -> Void

  /// Two tables, and how near they are to the exact ones.
  package struct Result: Sendable {
    /// The nearest of all samples.
    package let all: NeighborTable
    /// The nearest of the same class.
    package let sameClass: NeighborTable
    /// Of `all`; nil where it is exact, or empty.
    package var recall: NeighborRecall?
    /// Of `sameClass`; nil where it is exact, or empty.
    package var classRecall: NeighborRecall?

    /// Where there is nothing to search in.
    package static let none = Result(
      all: NeighborTable(k: 0, indices: [], distances: []),
      sameClass: NeighborTable(k: 0, indices: [], distances: []))
  }

  /// - Parameters:
  ///   - k: neighbors among all samples; at most N − 1 are found and the table is that wide.
  ///   - classK: neighbors of the same class; the table is as wide as the largest class allows.
  ///   - excluded: rows that are nobody's neighbor and have none.
  ///   - maxExactRows: distinct rows (in values or label) up to which all pairs are looked at.
  ///   - maxBudget: items with which a query is compared at most where they are more, whatever its recall then is; of no
  ///     more than twice as many items all pairs are looked at instead.
  ///   - seed: of the cells and of the queries that the recall is measured on. The result of an exact search does not
  ///     depend on it.
  /// - Returns: Euclidean distances, nearest first, equal distances by row; -1 and NaN where there are fewer. The
  ///   distances are exact even where the neighbors are not the nearest ones.
  /// - Throws: what `checkCancellation` throws.
  package static func run(
    features: DenseMatrix, labels: [Int], k: Int, classK: Int, excluding excluded: Set<Int> = [],
    maxExactRows: Int = Self.maxExactRows, maxBudget: Int = Self.maxBudget, seed: UInt64 = 1,
    workers: Workers,
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> Result {
    precondition(labels.count == features.rows)
    let items = DistinctRows(features: features, labels: labels, excluding: excluded)
    var sizes: [Int: Int] = [:]
    for item in 0..<items.count where items.labels[item] >= 0 {
      sizes[items.labels[item], default: 0] += items.members(item).count
    }
    let search = NeighborSearch(
      features: features, items: items, k: max(0, min(k, features.rows - 1)),
      classK: max(0, min(classK, (sizes.values.max() ?? 0) - 1)), workers: workers,
      checkCancellation: checkCancellation)
    if items.count > maxExactRows, features.columns > 0,
      let found = try ApproximateSearch.run(search, maxBudget: maxBudget, seed: seed, progress: progress)
    {
      return found
    }
    return try ExactSearch(search).run(progress: progress)
  }

  private init(
    features: DenseMatrix, items: DistinctRows, k: Int, classK: Int, workers: Workers,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) {
    self.features = features
    self.items = items
    self.k = k
    self.classK = classK
    self.workers = workers
    self.checkCancellation = checkCancellation
    let points = Products.gather(
      features, rows: (0..<items.count).map(items.firstRow), center: Self.centerOfSample(features, items))
    let width = features.columns
    norms = points.withUnsafeBufferPointer { points in
      (0..<items.count).map { item in
        guard let base = points.baseAddress else { return Float(0) }
        return Distance.dot(base + item * width, base + item * width, count: width)
      }
    }
    self.points = points
  }

  /// The same search with its items in another order.
  func reordered(_ order: [Int]) -> NeighborSearch {
    NeighborSearch(
      features: features, items: items.reordered(order), k: k, classK: classK, workers: workers,
      checkCancellation: checkCancellation)
  }

  /// A center that no outlier shifts far (which would cost all other rows their digits):
  /// the median of each column over at most 1,001 items.
  private static func centerOfSample(_ features: DenseMatrix, _ items: DistinctRows) -> [Float] {
    guard items.count > 0 else { return [] }
    let step = max(1, items.count / 1001)
    let sample = stride(from: 0, to: items.count, by: step).map(items.firstRow)
    return (0..<features.columns).map { column in
      let values = sample.map { features[$0, column] }.sorted()
      return values[values.count / 2]
    }
  }

  /// The k best of candidates by exact distance.
  func nearest(_ k: Int, of candidates: UnsafeMutableBufferPointer<Candidate>, to item: Int) -> [Candidate] {
    var exact = withUnsafeTemporaryAllocation(of: Int32.self, capacity: candidates.count) { rows in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: candidates.count) { squares -> [Candidate] in
        for (index, candidate) in candidates.enumerated() {
          rows.initializeElement(at: index, to: items.firstRows[Int(candidate.item)])
        }
        squares.initialize(repeating: 0)
        features.withUnsafeValues { values in
          guard let base = values.baseAddress, let rows = rows.baseAddress, let squares = squares.baseAddress
          else { return }
          let width = features.columns
          Distance.squared(
            base + items.firstRow(item) * width, toRows: rows, of: base, count: candidates.count,
            width: width,
            into: squares)
        }
        return candidates.indices.map { Candidate(value: squares[$0], item: candidates[$0].item) }
      }
    }
    exact.sort()
    orderTies(&exact)
    if exact.count > k { exact.removeLast(exact.count - k) }
    return exact
  }

  /// Candidates at the same distance, which are sorted by item, by the first row of the item.
  private func orderTies(_ sorted: inout [Candidate]) {
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].value == sorted[start].value { end += 1 }
      if end > start + 1 { sorted[start..<end].sort(by: precedes) }
      start = end
    }
  }

  /// By distance, then by the first row of the item.
  func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
    if a.value != b.value { return a.value < b.value }
    return items.firstRow(Int(a.item)) < items.firstRow(Int(b.item))
  }

  /// ‖a − b‖² of two items from the values as they came, not centered.
  func squaredDistance(_ a: Int, _ b: Int) -> Float {
    let width = features.columns
    return features.withUnsafeValues { values in
      guard let base = values.baseAddress else { return 0 }
      return Distance.squared(
        base + items.firstRow(a) * width, base + items.firstRow(b) * width, count: width)
    }
  }

  /// Bound of the rounding of ‖a‖² + ‖b‖² − 2ab for any b within the squared distance `near` of item a.
  ///
  /// Errors of n summands grow as √n u with near certainty (Higham & Mary, 2019); 4 is their constant for a
  /// failure less likely than 1e-3 each, and doubt only costs time. By the triangle inequality ‖b‖ ≤ ‖a‖ + d.
  func rounding(_ item: Int, within near: Float) -> Float {
    let norm = norms[item].squareRoot()
    let reach = 2 * norm + near.squareRoot()
    return (4 * Float(features.columns).squareRoot() + 4) * (Float.ulpOfOne / 2) * reach * reach
  }
}

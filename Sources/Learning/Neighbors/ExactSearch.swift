import Numerics
import Synchronization

/// Exact k nearest neighbors among all items and among those of the same class, in one pass over all pairs, each pair once.
///
/// Blocks of ‖a‖² + ‖b‖² − 2ab come from matrix products on centered values, which serve the items of both blocks; of each
/// item a few more than k candidates stay, whose distances are then computed exactly. Where the rounding of the products
/// leaves a doubt whether a dropped row belongs among the k (close copies, ties), `NeighborRepair` looks at that row again.
struct ExactSearch: Sendable {
  static let blockItems = 512

  private let search: NeighborSearch
  /// Run of items that have the label.
  private let runs: [Int: Range<Int>]
  private let blocks: [Range<Int>]
  private var items: DistinctRows { search.items }

  /// - Parameter search: with its items class by class.
  init(_ search: NeighborSearch) {
    self.search = search
    runs = Dictionary(
      uniqueKeysWithValues: search.items.runs(in: 0..<search.items.count).map { ($0.label, $0.items) })
    blocks = stride(from: 0, to: search.items.count, by: Self.blockItems).map {
      $0..<min(search.items.count, $0 + Self.blockItems)
    }
  }

  func run(progress: @escaping @Sendable (Double) -> Void) throws -> NeighborSearch.Result {
    let kept = blocks.map { BlockCandidates(items: $0.count, k: search.k, classK: search.classK) }
    let pairs = pairs
    _ = try search.workers.map(count: pairs.count, blockSize: 1) { range in
      try search.checkCancellation()
      compare(pairs[range.lowerBound], kept)
      progress(Double(range.upperBound) / Double(pairs.count))
    }
    let found = try search.workers.map(count: blocks.count, blockSize: 1) { range in
      try search.checkCancellation()
      return refined(kept[range.lowerBound], of: blocks[range.lowerBound])
    }
    let all = try repaired(
      found.flatMap(\.all), doubtful: found.flatMap(\.doubtfulAll), sameClass: false)
    let sameClass = try repaired(
      found.flatMap(\.sameClass), doubtful: found.flatMap(\.doubtfulClass), sameClass: true)
    return NeighborSearch.Result(
      all: try table(all, k: search.k), sameClass: try table(sameClass, k: search.classK, labeledOnly: true))
  }

  /// Each two blocks once, those first that lie near each other: the own class is near, so thresholds are low from the start.
  private var pairs: [(Int, Int)] {
    let count = blocks.count
    return (0...count / 2).flatMap { step in
      // Half of the way around, a block and its partner see each other from both sides.
      (0..<(2 * step == count ? step : count)).map { ($0, ($0 + step) % count) }
    }
  }

  private func repaired(
    _ lists: [[Candidate]], doubtful: [Int], sameClass: Bool
  ) throws -> [[Candidate]] {
    var lists = lists
    let exact = try NeighborRepair(search: search, sameClass: sameClass)
      .run(doubtful, known: doubtful.map { lists[$0] })
    for (item, list) in zip(doubtful, exact) { lists[item] = list }
    return lists
  }

  private func table(_ lists: [[Candidate]], k: Int, labeledOnly: Bool = false) throws -> NeighborTable {
    try NeighborExpansion.table(
      items: items, k: k, rows: search.features.rows, blocks: blocks, workers: search.workers,
      labeledOnly: labeledOnly
    ) { Array(lists[blocks[$0]]) }
  }

  /// The products of two blocks, for the items of one and of the other.
  private func compare(_ pair: (Int, Int), _ kept: [BlockCandidates]) {
    let (own, others) = (blocks[pair.0], blocks[pair.1])
    let width = search.features.columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: own.count * others.count) { product in
      search.points.withUnsafeBufferPointer { points in
        guard let p = points.baseAddress, let c = product.baseAddress else { return }
        // Uninitialized memory may hold NaN, which times beta 0 is NaN in some kernels.
        product.initialize(repeating: 0)
        BLAS.gemm(
          m: own.count, n: others.count, k: width, alpha: -2, p + own.lowerBound * width, lda: width,
          p + others.lowerBound * width, ldb: width, transposeB: true, c, ldc: others.count)
        scan(UnsafePointer(c), of: own, among: others, into: kept[pair.0])
        guard pair.0 != pair.1 else { return }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: product.count) { transposed in
          guard let t = transposed.baseAddress else { return }
          Products.transpose(c, rows: own.count, columns: others.count, into: t)
          scan(UnsafePointer(t), of: others, among: own, into: kept[pair.1])
        }
      }
    }
  }

  /// - Parameter product: [queries, others], −2 times their inner products.
  private func scan(
    _ product: UnsafePointer<Float>, of queries: Range<Int>, among others: Range<Int>,
    into lists: BlockCandidates
  ) {
    search.norms.withUnsafeBufferPointer { norms in
      guard let norms = norms.baseAddress else { return }
      lists.withLock {
        for (query, item) in queries.enumerated() {
          let row = product + query * others.count
          ThresholdScan.below(
            lists.all.thresholds + query, product: row, norms: norms + others.lowerBound,
            range: 0..<others.count
          ) { value, index in
            let other = others.lowerBound + index
            if other != item { lists.all.insert(value, other, query: query) }
          }
          guard search.classK > 0, items.labels[item] >= 0, let run = runs[items.labels[item]] else {
            continue
          }
          let alike = run.clamped(to: others)
          ThresholdScan.below(
            lists.sameClass.thresholds + query, product: row, norms: norms + others.lowerBound,
            range: alike.isEmpty
              ? 0..<0 : alike.lowerBound - others.lowerBound..<alike.upperBound - others.lowerBound
          ) { value, index in
            let other = others.lowerBound + index
            if other != item { lists.sameClass.insert(value, other, query: query) }
          }
        }
      }
    }
  }

  /// Candidates with exact squared distances, and the queries of which it is not certain that they are the right
  /// ones.
  private struct BlockLists: Sendable {
    var all: [[Candidate]] = []
    var sameClass: [[Candidate]] = []
    var doubtfulAll: [Int] = []
    var doubtfulClass: [Int] = []
  }

  private func refined(_ lists: BlockCandidates, of items: Range<Int>) -> BlockLists {
    var result = BlockLists()
    for (query, item) in items.enumerated() {
      let (near, sure) = refine(lists.all, query, item, search.k)
      result.all.append(near)
      if !sure { result.doubtfulAll.append(item) }
      let (nearClass, sureClass) = refine(lists.sameClass, query, item, search.classK)
      result.sameClass.append(nearClass)
      if !sureClass { result.doubtfulClass.append(item) }
    }
    return result
  }

  /// The k best of a query's candidates by exact distance, and whether no dropped item can belong among them.
  private func refine(
    _ lists: borrowing CandidateLists, _ query: Int, _ item: Int, _ k: Int
  ) -> (best: [Candidate], isSure: Bool) {
    guard k > 0 else { return ([], true) }
    let exact = search.nearest(k, of: lists.finish(query: query), to: item)
    let threshold = lists.thresholds[query]
    // An infinite threshold: nothing was ever dropped.
    guard threshold < .infinity, let last = exact.last else { return (exact, true) }
    return (
      exact, last.value < threshold + search.norms[item] - search.rounding(item, within: last.value)
    )
  }
}

/// The candidates of a block of items, which several threads bring. What stays does not depend on the order in which they come.
///
/// Unchecked: whoever brings candidates has the lock, and nobody does when they are refined.
private final class BlockCandidates: @unchecked Sendable {
  let all: CandidateLists
  let sameClass: CandidateLists
  private let lock = Mutex(())

  init(items: Int, k: Int, classK: Int) {
    all = CandidateLists(queries: items, kept: k > 0 ? k + NeighborSearch.slack : 0)
    sameClass = CandidateLists(queries: items, kept: classK > 0 ? classK + NeighborSearch.slack : 0)
  }

  func withLock(_ body: () -> Void) { lock.withLock { _ in body() } }
}

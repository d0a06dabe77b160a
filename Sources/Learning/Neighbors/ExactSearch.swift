import Numerics

/// Exact k nearest neighbors among all items and among those of the same class, in one pass over all pairs.
///
/// Blocks of ‖a‖² + ‖b‖² − 2ab come from matrix products on centered values; of each row a few more than k
/// candidates stay, whose distances are then computed exactly. Where the rounding of the products leaves a doubt
/// whether a dropped row belongs among the k (close copies, ties), `NeighborRepair` looks at that row again.
struct ExactSearch: Sendable {
  static let queryBlock = 512
  static let itemBlock = 1024

  private let search: NeighborSearch
  /// Run of items that have the label.
  private let runs: [Int: Range<Int>]
  private var items: DistinctRows { search.items }

  /// - Parameter search: with its items class by class.
  init(_ search: NeighborSearch) {
    self.search = search
    runs = Dictionary(
      uniqueKeysWithValues: search.items.runs(in: 0..<search.items.count).map { ($0.label, $0.items) })
  }

  func run(progress: @escaping @Sendable (Double) -> Void) throws -> NeighborSearch.Result {
    let found = try search.workers.map(count: items.count, blockSize: Self.queryBlock) { range in
      try search.checkCancellation()
      let lists = lists(of: range)
      progress(Double(range.upperBound) / Double(max(1, items.count)))
      return lists
    }
    let all = try repaired(
      found.flatMap(\.all), doubtful: found.flatMap(\.doubtfulAll), sameClass: false)
    let sameClass = try repaired(
      found.flatMap(\.sameClass), doubtful: found.flatMap(\.doubtfulClass), sameClass: true)
    return NeighborSearch.Result(
      all: try table(all, k: search.k), sameClass: try table(sameClass, k: search.classK, labeledOnly: true))
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
    let blocks = stride(from: 0, to: items.count, by: Self.queryBlock).map {
      $0..<min(items.count, $0 + Self.queryBlock)
    }
    return try NeighborExpansion.table(
      items: items, k: k, rows: search.features.rows, blocks: blocks, workers: search.workers,
      labeledOnly: labeledOnly
    ) { Array(lists[blocks[$0]]) }
  }

  /// Candidates with exact squared distances, and the queries of which it is not certain that they are the right
  /// ones.
  private struct BlockLists: Sendable {
    var all: [[Candidate]] = []
    var sameClass: [[Candidate]] = []
    var doubtfulAll: [Int] = []
    var doubtfulClass: [Int] = []
  }

  private func lists(of range: Range<Int>) -> BlockLists {
    let (k, classK) = (search.k, search.classK)
    let lists = CandidateLists(queries: range.count, kept: k > 0 ? k + NeighborSearch.slack : 0)
    let classLists = CandidateLists(
      queries: range.count, kept: classK > 0 ? classK + NeighborSearch.slack : 0)
    let width = search.features.columns
    var product = [Float](repeating: 0, count: range.count * Self.itemBlock)
    let blocks = (items.count + Self.itemBlock - 1) / Self.itemBlock
    // The own block first, then on around: the own class is near, so thresholds are low from the start.
    let own = range.lowerBound / Self.itemBlock
    search.points.withUnsafeBufferPointer { points in
      search.norms.withUnsafeBufferPointer { norms in
        product.withUnsafeMutableBufferPointer { product in
          guard let p = points.baseAddress, let n = norms.baseAddress, let c = product.baseAddress else {
            return
          }
          for step in 0..<blocks {
            let first = (own + step) % blocks * Self.itemBlock
            let size = min(Self.itemBlock, items.count - first)
            BLAS.gemm(
              m: range.count, n: size, k: width, alpha: -2, p + range.lowerBound * width, lda: width,
              p + first * width, ldb: width, transposeB: true, c, ldc: size)
            for query in 0..<range.count {
              let item = range.lowerBound + query
              let row = UnsafePointer(c + query * size)
              ThresholdScan.below(
                lists.thresholds + query, product: row, norms: n + first, range: 0..<size
              ) { value, index in
                if first + index != item { lists.insert(value, first + index, query: query) }
              }
              guard classK > 0, items.labels[item] >= 0, let run = runs[items.labels[item]] else {
                continue
              }
              let overlap = run.clamped(to: first..<first + size)
              ThresholdScan.below(
                classLists.thresholds + query, product: row, norms: n + first,
                range: overlap.isEmpty ? 0..<0 : overlap.lowerBound - first..<overlap.upperBound - first
              ) { value, index in
                if first + index != item { classLists.insert(value, first + index, query: query) }
              }
            }
          }
        }
      }
    }
    var result = BlockLists()
    for query in 0..<range.count {
      let item = range.lowerBound + query
      let (near, sure) = refine(lists, query, item, k)
      result.all.append(near)
      if !sure { result.doubtfulAll.append(item) }
      let (nearClass, sureClass) = refine(classLists, query, item, classK)
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

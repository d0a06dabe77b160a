import Model

/// Exact k nearest neighbors among all samples and among those of the same class, in one pass.
///
/// Blocks of ‖a‖² + ‖b‖² − 2ab come from matrix products on centered values; of each row a few more than k
/// candidates stay, whose distances are then computed exactly. Where the rounding of the products leaves a doubt
/// whether a dropped row belongs among the k (close copies, ties), `NeighborRepair` looks at that row again.
package struct NeighborSearch: Sendable {
  /// Candidates kept beyond k.
  static let slack = 14
  static let queryBlock = 512
  static let itemBlock = 1024

  let features: DenseMatrix
  let items: DistinctRows
  /// [items, D], centered; and the squared norms.
  let points: [Float]
  let norms: [Float]
  let k: Int
  let classK: Int
  let workers: Workers
  let checkCancellation: @Sendable () throws -> Void

  package struct Result: Sendable {
    package let all: NeighborTable
    package let sameClass: NeighborTable
  }

  /// - Parameters:
  ///   - k: neighbors among all samples; at most N − 1 are found and the table is that wide.
  ///   - classK: neighbors of the same class; the table is as wide as the largest class allows.
  ///   - excluded: rows that are nobody's neighbor and have none.
  /// - Returns: Euclidean distances, nearest first, equal distances by row; -1 and NaN where there are fewer.
  /// - Throws: what `checkCancellation` throws.
  package static func run(
    features: DenseMatrix, labels: [Int], k: Int, classK: Int, excluding excluded: Set<Int> = [],
    workers: Workers, progress: @escaping @Sendable (Double) -> Void = { _ in },
    checkCancellation: @escaping @Sendable () throws -> Void = {}
  ) throws -> Result {
    precondition(labels.count == features.rows)
    let items = DistinctRows(features: features, labels: labels, excluding: excluded)
    let center = centerOfSample(features, items)
    let points = Products.gather(features, rows: (0..<items.count).map(items.firstRow), center: center)
    let width = features.columns
    let norms = points.withUnsafeBufferPointer { points in
      (0..<items.count).map { item in
        guard let base = points.baseAddress else { return Float(0) }
        return Distance.dot(base + item * width, base + item * width, count: width)
      }
    }
    var sizes: [Int: Int] = [:]
    for (item, rows) in items.members.enumerated() where items.labels[item] >= 0 {
      sizes[items.labels[item], default: 0] += rows.count
    }
    let search = NeighborSearch(
      features: features, items: items, points: points, norms: norms, k: max(0, min(k, features.rows - 1)),
      classK: max(0, min(classK, (sizes.values.max() ?? 0) - 1)), workers: workers,
      checkCancellation: checkCancellation)
    return try search.run(progress: progress)
  }

  /// A point near the middle that a far outlier cannot pull away (it would cost all other rows their digits):
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

  private func run(progress: @escaping @Sendable (Double) -> Void) throws -> Result {
    let found = try workers.map(count: items.count, blockSize: Self.queryBlock) { range in
      try checkCancellation()
      let lists = search(range)
      progress(Double(range.upperBound) / Double(max(1, items.count)))
      return lists
    }
    var all = found.flatMap(\.all)
    var sameClass = found.flatMap(\.sameClass)
    try NeighborRepair(search: self).run(
      &all, doubtful: found.flatMap(\.doubtfulAll), sameClass: false)
    try NeighborRepair(search: self).run(
      &sameClass, doubtful: found.flatMap(\.doubtfulClass), sameClass: true)
    return Result(
      all: try NeighborExpansion.table(all, items: items, k: k, rows: features.rows, workers: workers),
      sameClass: try NeighborExpansion.table(
        sameClass, items: items, k: classK, rows: features.rows, workers: workers, labeledOnly: true))
  }

  /// Candidates with exact squared distances, and the queries of which it is not certain that they are the right
  /// ones.
  struct BlockLists: Sendable {
    var all: [[Candidate]] = []
    var sameClass: [[Candidate]] = []
    var doubtfulAll: [Int] = []
    var doubtfulClass: [Int] = []
  }

  private func search(_ range: Range<Int>) -> BlockLists {
    let lists = CandidateLists(queries: range.count, kept: k > 0 ? k + Self.slack : 0)
    let classLists = CandidateLists(queries: range.count, kept: classK > 0 ? classK + Self.slack : 0)
    let width = features.columns
    var product = [Float](repeating: 0, count: range.count * Self.itemBlock)
    let blocks = (items.count + Self.itemBlock - 1) / Self.itemBlock
    // The own block first, then on around: the own class is near, so thresholds are low from the start.
    let own = range.lowerBound / Self.itemBlock
    points.withUnsafeBufferPointer { points in
      norms.withUnsafeBufferPointer { norms in
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
              guard classK > 0, items.labels[item] >= 0, let run = items.runs[items.labels[item]] else {
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
    let kept = lists.finish(query: query)
    let threshold = lists.thresholds[query]
    var exact = kept.map { Candidate(value: squaredDistance(item, Int($0.item)), item: $0.item) }
    exact.sort(by: precedes)
    if exact.count > k { exact.removeLast(exact.count - k) }
    // An infinite threshold: nothing was ever dropped.
    guard threshold < .infinity, let last = exact.last else { return (exact, true) }
    return (exact, last.value < threshold + norms[item] - rounding(item, within: last.value))
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

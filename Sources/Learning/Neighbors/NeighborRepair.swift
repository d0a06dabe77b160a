import Numerics

/// Second look at queries whose candidates the rounding of the matrix products may have cut wrongly: every item
/// that could belong among the nearest is measured exactly.
struct NeighborRepair {
  let search: NeighborSearch
  let sameClass: Bool
  private static let (queryBlock, itemBlock) = (128, 1024)

  /// The exact nearest of the items `queries`, as many as are `known` of each: some k of its candidates, or all that
  /// there are.
  func run(_ queries: [Int], known: [[Candidate]]) throws -> [[Candidate]] {
    try search.workers.map(count: queries.count, blockSize: Self.queryBlock) { range in
      try search.checkCancellation()
      return repair(Array(queries[range]), known: Array(known[range]))
    }.flatMap { $0 }
  }

  private func repair(_ queries: [Int], known: [[Candidate]]) -> [[Candidate]] {
    let width = search.features.columns
    var best = known
    var present = best.map { Set($0.map(\.item)) }
    let limits = zip(queries, known).map { item, list in
      let near = list.last?.value ?? 0
      // In the units of the scan, which leaves the query's own norm out; nextUp makes "below" "at most".
      return (near - search.norms[item] + search.rounding(item, within: near)).nextUp
    }
    let centered = queries.flatMap { search.points[$0 * width..<($0 + 1) * width] }
    var product = [Float](repeating: 0, count: queries.count * Self.itemBlock)
    search.points.withUnsafeBufferPointer { points in
      search.norms.withUnsafeBufferPointer { norms in
        centered.withUnsafeBufferPointer { centered in
          product.withUnsafeMutableBufferPointer { product in
            guard let p = points.baseAddress, let n = norms.baseAddress, let q = centered.baseAddress,
              let c = product.baseAddress
            else { return }
            for first in stride(from: 0, to: search.items.count, by: Self.itemBlock) {
              let size = min(Self.itemBlock, search.items.count - first)
              BLAS.gemm(
                m: queries.count, n: size, k: width, alpha: -2, q, lda: width, p + first * width, ldb: width,
                transposeB: true, c, ldc: size)
              for (index, item) in queries.enumerated() {
                var limit = limits[index]
                ThresholdScan.below(&limit, product: c + index * size, norms: n + first, range: 0..<size) {
                  let other = first + $1
                  guard other != item, !sameClass || search.items.labels[other] == search.items.labels[item],
                    present[index].insert(Int32(other)).inserted
                  else { return }
                  insert(other, into: &best[index], of: item)
                }
              }
            }
          }
        }
      }
    }
    return best
  }

  /// Puts `other` among the best of `item` if it is nearer than the last, which then leaves.
  private func insert(_ other: Int, into best: inout [Candidate], of item: Int) {
    let candidate = Candidate(value: search.squaredDistance(item, other), item: Int32(other))
    guard let last = best.last, search.precedes(candidate, last) else { return }
    best.removeLast()
    let index = best.firstIndex { search.precedes(candidate, $0) } ?? best.count
    best.insert(candidate, at: index)
  }
}

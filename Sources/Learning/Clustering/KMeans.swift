import Numerics

/// Lloyd's algorithm from k-means++ starts (Arthur & Vassilvitskii, 2007).
package struct KMeans: Sendable {
  /// [k, D]
  package let centers: DenseMatrix
  /// Cluster of each of the given rows, in their order.
  package let assignment: [Int]
  /// Rows of each cluster.
  package let sizes: [Int]
  /// Sum of squared distances to the own center.
  package let inertia: Double

  /// Rounds of a start; fewer where the inertia falls by less than a millionth of itself.
  package static let maxRounds = 50
  private static let blockRows = 4096

  /// The best of `starts` runs. There are fewer than `k` clusters where the rows have fewer distinct points; none
  /// without rows.
  /// - Parameters:
  ///   - points: [N, D], every value of `rows` finite.
  ///   - rows: those that are clustered, each 0..<N.
  ///   - k: at least 1.
  /// - Throws: never.
  package static func fit(
    _ points: DenseMatrix, rows: [Int], k: Int, seed: UInt64, starts: Int = 3, workers: Workers
  ) throws -> KMeans {
    precondition(k > 0 && starts > 0)
    let width = points.columns
    guard !rows.isEmpty, width > 0 else {
      let sizes = rows.isEmpty ? [] : [rows.count]
      return KMeans(
        centers: DenseMatrix(rows: sizes.count, columns: width),
        assignment: [Int](repeating: 0, count: rows.count), sizes: sizes, inertia: 0)
    }
    let own = try Products.gathered(points, rows: rows, workers: workers)
    let blocks = own.withUnsafeValues { values in
      InterleavedRows(rows: rows.count, width: width) { row, target in
        if let first = values.baseAddress { target.update(from: first + row * width, count: width) }
      }
    }
    var best: KMeans?
    for start in 0..<starts {
      var random = SeededRandom(seed: seed, stream: 0x4B00 + UInt64(start))
      let run = try descend(own, blocks, k: k, random: &random, workers: workers)
      if run.inertia < best?.inertia ?? .infinity { best = run }
    }
    // Inertia is finite for finite input, so one run was the best.
    return best
      ?? KMeans(centers: DenseMatrix(rows: 0, columns: width), assignment: [], sizes: [], inertia: 0)
  }

  private struct Sums {
    var sums: [Double]
    var sizes: [Int]
    var inertia = 0.0
    var assignment: [Int] = []
  }

  private static func descend(
    _ points: DenseMatrix, _ blocks: InterleavedRows, k: Int, random: inout SeededRandom, workers: Workers
  ) throws -> KMeans {
    let width = points.columns
    var centers = seeds(points, k: k, random: &random)
    var last = Double.infinity
    for _ in 0..<maxRounds {
      let total = try assign(points, blocks, to: centers, workers: workers)
      let converged = !(total.inertia < last * (1 - 1e-6))
      last = total.inertia
      if converged { break }
      for cluster in 0..<total.sizes.count where total.sizes[cluster] > 0 {
        for j in 0..<width {
          centers[cluster * width + j] = Float(total.sums[cluster * width + j] / Double(total.sizes[cluster]))
        }
      }
    }
    let total = try assign(points, blocks, to: centers, workers: workers)
    return KMeans(
      centers: DenseMatrix(rows: total.sizes.count, columns: width, values: centers),
      assignment: total.assignment, sizes: total.sizes, inertia: total.inertia)
  }

  /// - Parameter blocks: the points.
  private static func assign(
    _ points: DenseMatrix, _ blocks: InterleavedRows, to centers: [Float], workers: Workers
  ) throws -> Sums {
    let width = points.columns
    let k = centers.count / width
    var total = Sums(
      sums: [Double](repeating: 0, count: k * width), sizes: [Int](repeating: 0, count: k))
    total.assignment.reserveCapacity(points.rows)
    try workers.reduce(count: points.rows, blockSize: blockRows, into: &total) { range in
      var sums = [Double](repeating: 0, count: k * width)
      var block = Sums(sums: [], sizes: [Int](repeating: 0, count: k))
      block.assignment.reserveCapacity(range.count)
      let found = blocks.nearest(of: centers, to: range)
      points.withUnsafeValues { values in
        guard let x = values.baseAddress else { return }
        sums.withUnsafeMutableBufferPointer { sums in
          for (place, row) in range.enumerated() {
            let nearest = Int(found.centers[place])
            block.assignment.append(nearest)
            block.sizes[nearest] += 1
            block.inertia += Double(found.squares[place])
            Distance.add(x + row * width, to: sums, at: nearest * width, count: width)
          }
        }
      }
      block.sums = sums
      return block
    } merge: { total, block in
      for index in block.sums.indices { total.sums[index] += block.sums[index] }
      for index in block.sizes.indices { total.sizes[index] += block.sizes[index] }
      total.inertia += block.inertia
      total.assignment.append(contentsOf: block.assignment)
    }
    return total
  }

  /// Each further center is a row drawn with weight squared distance to the nearest center so far.
  private static func seeds(_ points: DenseMatrix, k: Int, random: inout SeededRandom) -> [Float] {
    var chosen = [random.below(points.rows)]
    var nearest = [Float](repeating: .infinity, count: points.rows)
    while chosen.count < k {
      var total = 0.0
      points.withUnsafeValues { values in
        guard let x = values.baseAddress else { return }
        let width = points.columns
        let center = x + chosen[chosen.count - 1] * width
        for row in 0..<points.rows {
          nearest[row] = min(nearest[row], Distance.squared(x + row * width, center, count: width))
          total += Double(nearest[row])
        }
      }
      guard total > 0 else { break }
      var left = random.uniform() * total
      var next = points.rows - 1
      for row in 0..<points.rows {
        left -= Double(nearest[row])
        if left < 0 {
          next = row
          break
        }
      }
      // Rounding can leave the walk on a row that is a center already.
      guard nearest[next] > 0 else { break }
      chosen.append(next)
    }
    return chosen.flatMap { points.row($0) }
  }
}

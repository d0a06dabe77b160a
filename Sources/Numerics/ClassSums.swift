/// Means and covariances of classes, summed over blocks of rows and merged in block order.
package enum ClassSums {
  static let blockRows = 4096

  /// Number of rows and mean of each class.
  package struct Means: Sendable {
    /// D
    package let columns: Int
    /// [K] rows of each class.
    package let counts: [Int]
    /// [K, D] row-major; zero for a class without rows.
    package let values: [Float]
    /// [D]
    package func mean(of label: Int) -> ArraySlice<Float> {
      values[label * columns..<(label + 1) * columns]
    }
  }

  /// Means of the classes 0..<classCount; rows with another label, or in `excluded`, do not count. NaN in a row that counts
  /// makes the mean of its class NaN.
  /// - Parameters:
  ///   - features: [N, D].
  ///   - labels: [N].
  /// - Throws: never.
  package static func means(
    of features: DenseMatrix, labels: [Int], classCount: Int, excluding excluded: Set<Int> = [],
    workers: Workers
  ) throws -> Means {
    precondition(labels.count == features.rows)
    let width = features.columns
    var total = (
      sums: [Double](repeating: 0, count: classCount * width), counts: [Int](repeating: 0, count: classCount)
    )
    try workers.reduce(count: features.rows, blockSize: blockRows, into: &total) { range in
      var sums = [Double](repeating: 0, count: classCount * width)
      var counts = [Int](repeating: 0, count: classCount)
      features.withUnsafeValues { values in
        for row in range where labels[row] >= 0 && labels[row] < classCount && !excluded.contains(row) {
          let at = labels[row] * width
          counts[labels[row]] += 1
          for j in 0..<width { sums[at + j] += Double(values[row * width + j]) }
        }
      }
      return (sums: sums, counts: counts)
    } merge: { total, block in
      for index in block.sums.indices { total.sums[index] += block.sums[index] }
      for index in block.counts.indices { total.counts[index] += block.counts[index] }
    }
    var means = [Float](repeating: 0, count: classCount * width)
    for label in 0..<classCount where total.counts[label] > 0 {
      for j in 0..<width {
        means[label * width + j] = Float(total.sums[label * width + j] / Double(total.counts[label]))
      }
    }
    return Means(columns: width, counts: total.counts, values: means)
  }

  /// Mean of the given rows; zeros of none.
  package static func mean(of features: DenseMatrix, rows: [Int], workers: Workers) throws -> [Float] {
    let width = features.columns
    var total = [Double](repeating: 0, count: width)
    try workers.reduce(count: rows.count, blockSize: blockRows, into: &total) { range in
      var sums = [Double](repeating: 0, count: width)
      features.withUnsafeValues { values in
        for index in range {
          let from = rows[index] * width
          for j in 0..<width { sums[j] += Double(values[from + j]) }
        }
      }
      return sums
    } merge: { total, block in
      for j in total.indices { total[j] += block[j] }
    }
    return total.map { rows.isEmpty ? 0 : Float($0 / Double(rows.count)) }
  }

  /// Sum over the given rows of (x − center of the row)(x − center of the row)ᵀ as [D, D], divided by their
  /// number: the covariance where the center is the mean, the pooled within-class covariance where it is the
  /// mean of the row's class.
  /// - Parameter centers: [C, D] row-major, `centerOfRow` gives the row of it.
  package static func covariance(
    of features: DenseMatrix, rows: [Int], centers: [Float], centerOfRow: @Sendable (Int) -> Int,
    workers: Workers
  ) throws -> [Double] {
    let width = features.columns
    precondition(centers.count % max(1, width) == 0)
    var total = [Double](repeating: 0, count: width * width)
    guard !rows.isEmpty, width > 0 else { return total }
    try workers.reduce(count: rows.count, blockSize: blockRows, into: &total) { range in
      var block = Products.gather(features, rows: Array(rows[range]))
      for (index, row) in rows[range].enumerated() {
        let from = centerOfRow(row) * width
        for j in 0..<width { block[index * width + j] -= centers[from + j] }
      }
      var product = [Float](repeating: 0, count: width * width)
      block.withUnsafeBufferPointer { block in
        product.withUnsafeMutableBufferPointer { product in
          guard let x = block.baseAddress, let c = product.baseAddress else { return }
          BLAS.gemm(
            m: width, n: width, k: range.count, x, lda: width, transposeA: true, x, ldb: width, c, ldc: width)
        }
      }
      return product
    } merge: { total, product in
      for index in product.indices { total[index] += Double(product[index]) }
    }
    for index in total.indices { total[index] /= Double(rows.count) }
    return total
  }
}

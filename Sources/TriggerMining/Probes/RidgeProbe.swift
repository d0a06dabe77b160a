import CBLAS
import Numerics

/// Ridge regression of the class indicators on standardised features, and exactly the same without any group of rows.
///
/// With the Gram matrix G = XᵀX + λI and the moments M = XᵀY kept, the weights without the rows A solve
/// (G - X_AᵀX_A) W = M - X_AᵀY_A: one factorisation of D x D a group, not a new fit over all rows. That is what makes
/// it possible to hold out the holders of thousands of items, each for itself; a logistic probe would have to be
/// fitted again.
package struct RidgeProbe: Sendable {
  private static let blockRows = 1024

  let width: Int
  let classCount: Int
  /// [N, width]: standardised features, then a constant.
  private let x: [Double]
  /// -1 for rows that are not learnt from.
  private let labels: [Int]
  private let gram: [Double]
  private let moments: [Double]

  /// - Parameter features: [N, D], standardised.
  package init(features: DenseMatrix, labels: [Int], classCount: Int, workers: Workers) throws {
    let columns = features.columns
    let width = columns + 1
    var x = [Double](repeating: 1, count: features.rows * width)
    for row in 0..<features.rows {
      for j in 0..<columns { x[row * width + j] = Double(features.values[row * columns + j]) }
    }
    var sums = Sums(width: width, classCount: classCount)
    let rows = x
    try workers.reduce(count: features.rows, blockSize: Self.blockRows, into: &sums) { range in
      Sums(
        of: range.filter { labels[$0] >= 0 }, x: rows, labels: labels, width: width, classCount: classCount)
    } merge: { total, part in
      for index in part.gram.indices { total.gram[index] += part.gram[index] }
      for index in part.moments.indices { total.moments[index] += part.moments[index] }
    }
    for j in 0..<width { sums.gram[j * width + j] += RidgeRegression.penalty }
    self.width = width
    self.classCount = classCount
    self.x = x
    self.labels = labels
    gram = sums.gram
    moments = sums.moments
  }

  /// XᵀX and XᵀY of some rows.
  private struct Sums: Sendable {
    var gram: [Double]
    var moments: [Double]

    init(width: Int, classCount: Int) {
      gram = [Double](repeating: 0, count: width * width)
      moments = [Double](repeating: 0, count: width * classCount)
    }

    init(of rows: [Int], x: [Double], labels: [Int], width: Int, classCount: Int) {
      self.init(width: width, classCount: classCount)
      let own = rows.flatMap { x[$0 * width..<($0 + 1) * width] }
      own.withUnsafeBufferPointer { own in
        gram.withUnsafeMutableBufferPointer { gram in
          guard let a = own.baseAddress, let c = gram.baseAddress else { return }
          BLAS.gemm(
            m: width, n: width, k: rows.count, a, lda: width, transposeA: true, a, ldb: width, c, ldc: width)
        }
      }
      for (index, row) in rows.enumerated() {
        for j in 0..<width { moments[j * classCount + labels[row]] += own[index * width + j] }
      }
    }
  }

  /// [rows, K] scores of `rows` by weights that were fitted without `holders`.
  package func scores(of rows: [Int32], without holders: [Int32]) -> [Float] {
    let left = Sums(
      of: holders.map(Int.init).filter { labels[$0] >= 0 }, x: x, labels: labels, width: width,
      classCount: classCount)
    // The penalty keeps the matrix positive definite; where rounding of extreme features does not, the weights are 0.
    let weights = PositiveSystem.solve(
      zip(gram, left.gram).map { $0 - $1 }, zip(moments, left.moments).map { $0 - $1 }, columns: classCount)
    return rows.flatMap { score(Int($0), weights) }
  }

  /// [N, K] scores, each row's by weights that were fitted without it: with the share h = xᵀG⁻¹x of a row in its own
  /// score f, that is (f - h y) / (1 - h).
  package func leaveOneOut(workers: Workers) throws -> [Float] {
    let weights = PositiveSystem.solve(gram, moments, columns: classCount)
    let inverse = PositiveSystem.inverse(gram, width: width)
    return try workers.map(count: labels.count, blockSize: Self.blockRows) { range in
      let image = product(range, inverse)
      return range.flatMap { row -> [Float] in
        var values = score(row, weights)
        guard labels[row] >= 0 else { return values }
        var share = 0.0
        for j in 0..<width { share += image[(row - range.lowerBound) * width + j] * x[row * width + j] }
        share = min(share, 1 - 1e-9)
        values[labels[row]] -= Float(share)
        for k in 0..<classCount { values[k] /= Float(1 - share) }
        return values
      }
    }.flatMap { $0 }
  }

  private func product(_ range: Range<Int>, _ matrix: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: range.count * width)
    x.withUnsafeBufferPointer { x in
      matrix.withUnsafeBufferPointer { matrix in
        result.withUnsafeMutableBufferPointer { result in
          guard let a = x.baseAddress, let b = matrix.baseAddress, let c = result.baseAddress else { return }
          BLAS.gemm(
            m: range.count, n: width, k: width, a + range.lowerBound * width, lda: width, b, ldb: width, c,
            ldc: width)
        }
      }
    }
    return result
  }

  private func score(_ row: Int, _ weights: [Double]) -> [Float] {
    var sums = [Double](repeating: 0, count: classCount)
    for j in 0..<width {
      let value = x[row * width + j]
      for k in 0..<classCount { sums[k] += value * weights[j * classCount + k] }
    }
    return sums.map(Float.init)
  }
}

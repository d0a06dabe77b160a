import Numerics

/// The leading principal directions of the rows of a matrix.
package struct PrincipalComponents: Sendable {
  /// [D]
  package let mean: [Float]
  /// [count, D] row-major unit vectors, the widest direction first.
  package let directions: DenseMatrix
  /// Variance along each.
  package let variances: [Double]

  /// Columns up to which the whole covariance matrix is decomposed; above it a random subspace stands in.
  static let maxCovarianceColumns = 1024

  /// - Parameters:
  ///   - count: at most this many; directions without variance are left out, so that there can be none.
  ///   - rows: the rows that count.
  package static func fit(
    _ matrix: DenseMatrix, rows: [Int], count: Int, seed: UInt64, workers: Workers
  ) throws -> PrincipalComponents {
    let width = matrix.columns
    let mean = try ClassSums.mean(of: matrix, rows: rows, workers: workers)
    guard width <= maxCovarianceColumns else {
      return try fit(
        CenteredRows(matrix: matrix, rows: rows, mean: mean), mean: mean, count: count, seed: seed,
        workers: workers)
    }
    let covariance = try ClassSums.covariance(
      of: matrix, rows: rows, centers: mean, centerOfRow: { _ in 0 }, workers: workers)
    let pairs = Eigen.symmetric(covariance, size: width)
    let floor = 1e-10 * (pairs.values.first ?? 0)
    let kept = (0..<min(count, width)).filter { pairs.values[$0] > floor }
    return PrincipalComponents(
      mean: mean, vectors: kept.map { pairs.vector($0).map(Float.init) },
      variances: kept.map { pairs.values[$0] })
  }

  /// The same of more columns than `maxCovarianceColumns`.
  /// - Parameter rows: those that count, less their mean.
  static func fit(
    _ rows: some TallRows, mean: [Float], count: Int, seed: UInt64, workers: Workers
  ) throws -> PrincipalComponents {
    let basis = try RandomizedSVD.rightVectors(rows, count: count, seed: seed, workers: workers)
    return PrincipalComponents(
      mean: mean, vectors: basis.map(\.vector),
      variances: basis.map { $0.value * $0.value / Double(max(1, rows.rowCount)) })
  }

  private init(mean: [Float], vectors: [[Float]], variances: [Double]) {
    self.mean = mean
    directions = DenseMatrix(rows: vectors.count, columns: mean.count, values: Array(vectors.joined()))
    self.variances = variances
  }

  /// Coordinates of every row along the directions: [N, count].
  package func project(_ matrix: DenseMatrix, workers: Workers) throws -> DenseMatrix {
    let raw = try Products.multiply(matrix, directions, transposeB: true, workers: workers)
    // (x − μ)·v = x·v − μ·v spares a centered copy of the matrix.
    let offset = (0..<directions.rows).map {
      zip(mean, directions.row($0)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    }
    var values = raw.values
    for row in 0..<raw.rows {
      for j in 0..<raw.columns { values[row * raw.columns + j] -= offset[j] }
    }
    return DenseMatrix(rows: raw.rows, columns: raw.columns, values: values)
  }
}

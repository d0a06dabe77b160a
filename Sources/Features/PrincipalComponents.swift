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
    var variances: [Double] = []
    var directions: [Float] = []
    if width <= maxCovarianceColumns {
      let covariance = try ClassSums.covariance(
        of: matrix, rows: rows, centers: mean, centerOfRow: { _ in 0 }, workers: workers)
      let pairs = Eigen.symmetric(covariance, size: width)
      let floor = 1e-10 * (pairs.values.first ?? 0)
      for index in 0..<min(count, width) where pairs.values[index] > floor {
        variances.append(pairs.values[index])
        directions.append(contentsOf: pairs.vector(index).map(Float.init))
      }
    } else {
      let basis = try RandomizedSVD.rightVectors(
        CenteredRows(matrix: matrix, rows: rows, mean: mean), count: count, seed: seed, workers: workers)
      for (value, vector) in basis {
        variances.append(value * value / Double(max(1, rows.count)))
        directions.append(contentsOf: vector)
      }
    }
    return PrincipalComponents(
      mean: mean, directions: DenseMatrix(rows: variances.count, columns: width, values: directions),
      variances: variances)
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

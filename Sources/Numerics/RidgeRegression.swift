/// Ridge regression of many targets at once, each row predicted by the weights that the others give.
package enum RidgeRegression {
  /// Weight of ½‖W‖² against the sum of squares, for standardised features: that of `SoftmaxProbe`, for the same
  /// reason.
  package static let penalty = 10.0
  private static let blockRows = 512

  /// [rows, K] predictions, in the order of `rows`. With the share h = xᵀG⁻¹x of a row in its own prediction f, what
  /// the other rows predict is (f - h y) / (1 - h).
  /// - Parameters:
  ///   - features: [N, D], standardised; a constant is added.
  ///   - targets: [N, K].
  ///   - rows: that are learnt from and predicted.
  package static func leaveOneOut(
    _ features: DenseMatrix, targets: DenseMatrix, rows: [Int], workers: Workers
  ) throws -> DenseMatrix {
    let width = features.columns + 1
    let columns = targets.columns
    /// [block, width] and [block, K].
    @Sendable func gather(_ range: Range<Int>) -> (x: [Double], y: [Double]) {
      let own = rows[range]
      return (
        own.flatMap { features.row($0).map(Double.init) + [1] },
        own.flatMap { targets.row($0).map(Double.init) }
      )
    }
    // The Gram matrix and the moments, one after the other.
    var sums = [Double](repeating: 0, count: width * (width + columns))
    try workers.reduce(count: rows.count, blockSize: blockRows, into: &sums) { range -> [Double] in
      let (x, y) = gather(range)
      return product(x, x, rows: range.count) + product(x, y, rows: range.count)
    } merge: { total, part in
      for index in part.indices { total[index] += part[index] }
    }
    for j in 0..<width { sums[j * width + j] += penalty }
    let inverse = PositiveSystem.inverse(Array(sums[..<(width * width)]), width: width)
    let weights = PositiveSystem.solve(
      Array(sums[..<(width * width)]), Array(sums[(width * width)...]), columns: columns)
    let blocks = try workers.map(count: rows.count, blockSize: blockRows) { range -> [Float] in
      let (x, y) = gather(range)
      let fitted = product(x, weights, rows: range.count, inner: width, columns: columns)
      let images = product(x, inverse, rows: range.count, inner: width, columns: width)
      return (0..<range.count).flatMap { row -> [Float] in
        var share = 0.0
        for j in row * width..<(row + 1) * width { share += images[j] * x[j] }
        share = min(share, 1 - 1e-9)
        return (row * columns..<(row + 1) * columns).map { Float((fitted[$0] - share * y[$0]) / (1 - share)) }
      }
    }
    return DenseMatrix(rows: rows.count, columns: columns, joining: blocks)
  }

  /// AᵀB of [rows, m] and [rows, n].
  private static func product(_ a: [Double], _ b: [Double], rows: Int) -> [Double] {
    guard rows > 0 else { return [] }
    let (m, n) = (a.count / rows, b.count / rows)
    return product(a, lda: m, transpose: true, b, m: m, n: n, k: rows)
  }

  /// AB of [rows, inner] and [inner, columns].
  private static func product(
    _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    product(a, lda: inner, transpose: false, b, m: rows, n: columns, k: inner)
  }

  private static func product(
    _ a: [Double], lda: Int, transpose: Bool, _ b: [Double], m: Int, n: Int, k: Int
  ) -> [Double] {
    var c = [Double](repeating: 0, count: m * n)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          BLAS.gemm(m: m, n: n, k: k, a, lda: lda, transposeA: transpose, b, ldb: n, c, ldc: n)
        }
      }
    }
    return c
  }
}

import CBLAS

/// Linear equations with a positive definite matrix.
package enum PositiveSystem {
  /// W of matrix · W = right, [width, columns] row-major; all zero where rounding has made the matrix other than
  /// positive definite.
  package static func solve(_ matrix: [Double], _ right: [Double], columns: Int) -> [Double] {
    BLAS.useOneThread()
    var factor = matrix
    let width = columns > 0 ? right.count / columns : 0
    // LAPACK is column-major: its right-hand sides are our rows of the transpose.
    var sides = [Double](repeating: 0, count: right.count)
    for j in 0..<width {
      for k in 0..<columns { sides[k * width + j] = right[j * columns + k] }
    }
    var n = Int32(width)
    var count = Int32(columns)
    var lda = n
    var ldb = n
    var info: Int32 = 0
    dposv_("L", &n, &count, &factor, &lda, &sides, &ldb, &info)
    var result = [Double](repeating: 0, count: right.count)
    guard info == 0 else { return result }
    for j in 0..<width {
      for k in 0..<columns { result[j * columns + k] = sides[k * width + j] }
    }
    return result
  }

  /// The inverse, [width, width].
  package static func inverse(_ matrix: [Double], width: Int) -> [Double] {
    var identity = [Double](repeating: 0, count: width * width)
    for j in 0..<width { identity[j * width + j] = 1 }
    return solve(matrix, identity, columns: width)
  }
}

import CBLAS

/// Eigenpairs of a symmetric matrix, the largest eigenvalue first.
package struct Eigenpairs: Sendable {
  /// Rows, and columns, of the matrix.
  package let size: Int
  /// [size], falling.
  package let values: [Double]
  /// [size, size] row-major: row i is the unit eigenvector of `values[i]`. Its entry of largest magnitude (the
  /// first of equals) is positive, so that the sign is the same on every machine.
  package let vectors: [Double]
  /// [size], the unit eigenvector of `values[index]`.
  package func vector(_ index: Int) -> ArraySlice<Double> { vectors[index * size..<(index + 1) * size] }
}

/// Eigenvectors and singular vectors by LAPACK, on the calling thread.
package enum Eigen {
  /// All eigenpairs of the symmetric [size, size] `matrix` by divide and conquer (LAPACK `dsyevd`).
  ///
  /// A matrix with a value that is not finite, or one on which LAPACK does not converge, has the eigenvalues 0
  /// and the unit vectors: the callers then see no direction that stands out.
  package static func symmetric(_ matrix: [Double], size: Int) -> Eigenpairs {
    precondition(matrix.count == size * size)
    guard size > 0, matrix.allSatisfy(\.isFinite), let raw = solve(matrix, size: size) else {
      return none(size)
    }
    var vectors = [Double](repeating: 0, count: size * size)
    for index in 0..<size {
      // LAPACK is column-major and sorts upwards: its last column is our first row.
      let from = (size - 1 - index) * size
      var largest = 0
      for j in 1..<max(1, size) where abs(raw.vectors[from + j]) > abs(raw.vectors[from + largest]) {
        largest = j
      }
      let sign: Double = raw.vectors[from + largest] < 0 ? -1 : 1
      for j in 0..<size { vectors[index * size + j] = sign * raw.vectors[from + j] }
    }
    return Eigenpairs(size: size, values: raw.values.reversed(), vectors: vectors)
  }

  private static func none(_ size: Int) -> Eigenpairs {
    var vectors = [Double](repeating: 0, count: size * size)
    for i in 0..<size { vectors[i * size + i] = 1 }
    return Eigenpairs(size: size, values: [Double](repeating: 0, count: size), vectors: vectors)
  }

  private static func solve(_ matrix: [Double], size: Int) -> (values: [Double], vectors: [Double])? {
    BLAS.useOneThread()
    var a = matrix
    var w = [Double](repeating: 0, count: size)
    var n = Int32(size)
    var lda = n
    var info: Int32 = 0
    // LAPACK's documented minimum for eigenvectors.
    var lwork = Int32(clamping: 1 + 6 * size + 2 * size * size)
    var liwork = Int32(clamping: 3 + 5 * size)
    var work = [Double](repeating: 0, count: Int(lwork))
    var iwork = [Int32](repeating: 0, count: Int(liwork))
    dsyevd_("V", "L", &n, &a, &lda, &w, &work, &lwork, &iwork, &liwork, &info)
    return info == 0 ? (w, a) : nil
  }

  /// The first `count` right singular vectors and singular values of the row-major [rows, columns] `matrix`
  /// (center it first where principal directions are meant), through whichever of the Gram and the covariance
  /// matrix is smaller.
  ///
  /// Squaring halves the digits (Golub & Van Loan, 8.6): singular values below about 1e-4 of the largest are
  /// noise in Float input, and their vectors are left out by a zero singular value and zero vector.
  package static func topSingularVectors(
    _ matrix: [Float], rows: Int, columns: Int, count: Int
  ) -> (values: [Double], vectors: [[Float]]) {
    precondition(matrix.count == rows * columns)
    let wanted = min(count, min(rows, columns))
    guard wanted > 0 else { return ([], []) }
    let usesGram = rows < columns
    let size = usesGram ? rows : columns
    var square = [Float](repeating: 0, count: size * size)
    matrix.withUnsafeBufferPointer { m in
      square.withUnsafeMutableBufferPointer { s in
        guard let m = m.baseAddress, let s = s.baseAddress else { return }
        BLAS.gemm(
          m: size, n: size, k: usesGram ? columns : rows, m, lda: columns, transposeA: !usesGram, m,
          ldb: columns, transposeB: usesGram, s, ldc: size)
      }
    }
    let pairs = symmetric(square.map(Double.init), size: size)
    let floor = 1e-8 * max(pairs.values[0], 0)
    var values: [Double] = []
    var vectors: [[Float]] = []
    for index in 0..<wanted {
      guard pairs.values[index] > floor else {
        values.append(0)
        vectors.append([Float](repeating: 0, count: columns))
        continue
      }
      let value = pairs.values[index].squareRoot()
      values.append(value)
      let vector = pairs.vector(index).map(Float.init)
      vectors.append(usesGram ? back(matrix, rows, columns, vector, value) : vector)
    }
    return (values, vectors)
  }

  /// The right singular vector of a left one: matrixᵀ u / σ.
  private static func back(
    _ matrix: [Float], _ rows: Int, _ columns: Int, _ left: [Float], _ value: Double
  ) -> [Float] {
    var result = [Float](repeating: 0, count: columns)
    let scale = Float(1 / value)
    for i in 0..<rows {
      let weight = left[i] * scale
      for j in 0..<columns { result[j] += weight * matrix[i * columns + j] }
    }
    return result
  }
}

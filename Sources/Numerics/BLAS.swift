import CBLAS

/// Matrix products of OpenBLAS on row-major memory.
///
/// OpenBLAS is told once to use one thread a call: the analysis runs blocks of its own in parallel, so that a
/// result does not depend on the number of threads.
package enum BLAS {
  private static let isSingleThreaded: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// c = alpha * op(a) * op(b) + beta * c, where op(a) is [m, k] and op(b) is [k, n].
  ///
  /// `lda`, `ldb`, `ldc` are the numbers of values from one stored row to the next.
  package static func gemm(
    m: Int, n: Int, k: Int, alpha: Float = 1, _ a: UnsafePointer<Float>, lda: Int, transposeA: Bool = false,
    _ b: UnsafePointer<Float>, ldb: Int, transposeB: Bool = false, beta: Float = 0,
    _ c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    guard m > 0, n > 0, isSingleThreaded else { return }
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), alpha, a, Int32(max(1, lda)), b, Int32(max(1, ldb)), beta, c,
      Int32(max(1, ldc)))
  }

  /// The same of Double.
  package static func gemm(
    m: Int, n: Int, k: Int, alpha: Double = 1, _ a: UnsafePointer<Double>, lda: Int, transposeA: Bool = false,
    _ b: UnsafePointer<Double>, ldb: Int, transposeB: Bool = false, beta: Double = 0,
    _ c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    guard m > 0, n > 0, isSingleThreaded else { return }
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), alpha, a, Int32(max(1, lda)), b, Int32(max(1, ldb)), beta, c,
      Int32(max(1, ldc)))
  }

  /// Makes sure that LAPACK, too, stays on the calling thread.
  package static func useOneThread() { _ = isSingleThreaded }
}

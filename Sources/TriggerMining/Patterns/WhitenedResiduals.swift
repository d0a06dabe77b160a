import CBLAS
import Numerics

/// The pixels of each image less the mean of its class, whitened: directions in which all classes vary are scaled down,
/// directions in which they hardly vary are scaled up, so that a faint pattern in many images stands out.
///
/// With C the covariance within the classes and LLᵀ = C + λI, residual r becomes L⁻¹r. λ is a share of the mean
/// variance of a pixel, as the small eigenvalues of C are noise.
struct WhitenedResiduals: Sendable {
  /// 0.1 separated images with blended patterns best from those without; 0.03 and less fitted noise, 1 left natural
  /// variation in.
  static let ridge = 0.1

  /// [N, D] pixels less the mean of their class, whitened; rows without a label are not looked at.
  let whitened: DenseMatrix
  /// [K, D] means of the classes, whitened; 0 for one without rows.
  let means: DenseMatrix

  /// [D, D] upper triangle, row-major: of a whitened vector z the pixels are z U.
  private let upper: [Float]

  /// Nil where no pixel varies within a class.
  init?(_ pixels: DenseMatrix, rowsByClass: [[Int]], workers: Workers) throws {
    let width = pixels.columns
    var values = pixels.values
    var means = [Float](repeating: 0, count: rowsByClass.count * width)
    for (label, rows) in rowsByClass.enumerated() where !rows.isEmpty {
      let mean = try ClassSums.mean(of: pixels, rows: rows, workers: workers)
      for j in 0..<width { means[label * width + j] = mean[j] }
      for row in rows {
        for j in 0..<width { values[row * width + j] -= mean[j] }
      }
    }
    let residuals = DenseMatrix(rows: pixels.rows, columns: width, values: values)
    let rows = rowsByClass.flatMap { $0 }.sorted()
    var factor = try ClassSums.covariance(
      of: residuals, rows: rows, centers: [Float](repeating: 0, count: width), centerOfRow: { _ in 0 },
      workers: workers)
    let variance = (0..<width).reduce(0.0) { $0 + factor[$1 * width + $1] } / Double(max(1, width))
    guard variance > 0, variance.isFinite else { return nil }
    for j in 0..<width { factor[j * width + j] += Self.ridge * variance }
    BLAS.useOneThread()
    var n = Int32(width)
    var lda = n
    var info: Int32 = 0
    // LAPACK's lower triangle, column by column, is our upper one: U with UᵀU = C + λI.
    dpotrf_("L", &n, &factor, &lda, &info)
    guard info == 0 else { return nil }
    let upper = factor.map(Float.init)
    whitened = try DenseMatrix(rows: pixels.rows, columns: width, blockRows: 512, workers: workers) {
      range -> [Float] in
      var block = Array(residuals.values[range.lowerBound * width..<range.upperBound * width])
      Self.whiten(&block, upper, width: width)
      return block
    }
    Self.whiten(&means, upper, width: width)
    self.means = DenseMatrix(rows: rowsByClass.count, columns: width, values: means)
    self.upper = upper
  }

  /// A pattern in the coordinates of the residuals.
  func whitened(_ pixels: [Float]) -> [Float] {
    var block = pixels
    Self.whiten(&block, upper, width: pixels.count)
    return block
  }

  /// The pixels of a whitened vector.
  func pixels(_ vector: [Float]) -> [Float] {
    let width = vector.count
    var result = [Float](repeating: 0, count: width)
    for i in 0..<width {
      for j in i..<width { result[j] += vector[i] * upper[i * width + j] }
    }
    return result
  }

  /// z U = r for every row r of a block at once.
  private static func whiten(_ block: inout [Float], _ upper: [Float], width: Int) {
    let rows = Int32(block.count / width)
    cblas_strsm(
      CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, rows, Int32(width), 1, upper,
      Int32(width), &block, Int32(width))
  }
}

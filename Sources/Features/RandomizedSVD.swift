import Numerics

/// Rows of a tall matrix that need not exist as such: sparse, or centered as they are read.
protocol TallRows: Sendable {
  var rowCount: Int { get }
  var columns: Int { get }
  /// By column of a matrix that these are the rows of, whether it is one of `columns`: the others hold zeros and are left
  /// out. Nil where none is.
  var isKept: [Bool]? { get }
  /// Adds Aᵀ(A·Q) over the rows of `range` to `target`, for `basis` Q [columns, width]; returns nothing else.
  func accumulateGram(
    _ range: Range<Int>, basis: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>)
}

/// Truncated singular value decomposition by subspace iteration from a random start (Halko, Martinsson & Tropp,
/// 2011, algorithms 4.4 and 5.1).
enum RandomizedSVD {
  /// Extra directions that sharpen the wanted ones, and rounds of AᵀA; the paper's section 9.3 finds 5 to 10 and
  /// 2 enough for slowly falling spectra.
  static let oversampling = 8
  static let rounds = 3
  static let blockRows = 2048

  /// The first `count` right singular vectors with their singular values, falling; fewer where the rank is less.
  static func rightVectors(
    _ rows: some TallRows, count: Int, seed: UInt64, workers: Workers
  ) throws -> [(value: Double, vector: [Float])] {
    let columns = rows.columns
    let width = min(count + oversampling, min(rows.isKept?.count ?? columns, rows.rowCount))
    guard width > 0, columns > 0 else { return [] }
    var basis = start(columns: columns, isKept: rows.isKept, width: width, seed: seed)
    orthonormalize(&basis, rows: columns, width: width)
    var image: [Float] = []
    for round in 0..<rounds {
      image = try gram(rows, basis: basis, width: width, workers: workers)
      if round + 1 < rounds {
        basis = image
        orthonormalize(&basis, rows: columns, width: width)
      }
    }
    // Qᵀ(AᵀA)Q is small; its eigenvectors turn Q into the singular vectors.
    var small = [Float](repeating: 0, count: width * width)
    multiply(m: width, n: width, k: columns, basis, width, true, image, width, into: &small)
    let pairs = Eigen.symmetric(symmetrized(small, width), size: width)
    let floor = 1e-9 * (pairs.values.first ?? 0)
    let kept = (0..<min(count, width)).filter { pairs.values[$0] > floor }
    let weights = pairs.vectors.map(Float.init)
    var vectors = [Float](repeating: 0, count: width * columns)
    multiply(m: width, n: columns, k: width, weights, width, false, basis, width, true, into: &vectors)
    return kept.map { index in
      (pairs.values[index].squareRoot(), signed(vectors[index * columns..<(index + 1) * columns]))
    }
  }

  /// Turned so that the entry of the largest size is positive: either sign is right, and which one comes out would depend
  /// on the rounding of this machine's products (as `svd_flip` of scikit-learn).
  private static func signed(_ vector: ArraySlice<Float>) -> [Float] {
    let largest = vector.max { abs($0) < abs($1) } ?? 0
    return largest < 0 ? vector.map { -$0 } : Array(vector)
  }

  /// Standard normal [columns, width]. What a column starts with does not depend on whether others are left out.
  private static func start(columns: Int, isKept: [Bool]?, width: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed, stream: 0x5D)
    var basis: [Float] = []
    basis.reserveCapacity(columns * width)
    for column in 0..<(isKept?.count ?? columns) {
      let isKept = isKept?[column] ?? true
      for _ in 0..<width {
        let value = Float(random.normal())
        if isKept { basis.append(value) }
      }
    }
    return basis
  }

  private static func gram(
    _ rows: some TallRows, basis: [Float], width: Int, workers: Workers
  ) throws -> [Float] {
    var total = [Float](repeating: 0, count: basis.count)
    try workers.reduce(count: rows.rowCount, blockSize: blockRows, into: &total) { range in
      var sum = [Float](repeating: 0, count: basis.count)
      basis.withUnsafeBufferPointer { basis in
        sum.withUnsafeMutableBufferPointer { sum in
          guard let q = basis.baseAddress, let s = sum.baseAddress else { return }
          rows.accumulateGram(range, basis: q, width: width, into: s)
        }
      }
      return sum
    } merge: { total, sum in
      for index in sum.indices { total[index] += sum[index] }
    }
    return total
  }

  /// Makes the columns of a [rows, width] matrix orthonormal through the eigenvectors of its Gram matrix, twice,
  /// since once loses half of the digits; columns that depend on the others become zero.
  private static func orthonormalize(_ matrix: inout [Float], rows: Int, width: Int) {
    for _ in 0..<2 {
      var small = [Float](repeating: 0, count: width * width)
      multiply(m: width, n: width, k: rows, matrix, width, true, matrix, width, into: &small)
      let pairs = Eigen.symmetric(symmetrized(small, width), size: width)
      let floor = 1e-7 * max(pairs.values[0], 0)
      var turn = [Float](repeating: 0, count: width * width)
      for j in 0..<width where pairs.values[j] > floor {
        let scale = 1 / pairs.values[j].squareRoot()
        for (i, value) in pairs.vector(j).enumerated() { turn[i * width + j] = Float(value * scale) }
      }
      var result = [Float](repeating: 0, count: rows * width)
      multiply(m: rows, n: width, k: width, matrix, width, false, turn, width, into: &result)
      matrix = result
    }
  }

  private static func symmetrized(_ small: [Float], _ width: Int) -> [Double] {
    (0..<width * width).map { index in
      (Double(small[index]) + Double(small[index % width * width + index / width])) / 2
    }
  }

  private static func multiply(
    m: Int, n: Int, k: Int, _ a: [Float], _ lda: Int, _ transposeA: Bool, _ b: [Float], _ ldb: Int,
    _ transposeB: Bool = false, into c: inout [Float]
  ) {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          BLAS.gemm(
            m: m, n: n, k: k, a, lda: lda, transposeA: transposeA, b, ldb: ldb, transposeB: transposeB, c,
            ldc: n)
        }
      }
    }
  }
}

/// Rows of a dense matrix less their mean.
struct CenteredRows: TallRows {
  let matrix: DenseMatrix
  let rows: [Int]
  let mean: [Float]
  let isKept: [Bool]? = nil
  var rowCount: Int { rows.count }
  var columns: Int { matrix.columns }

  func accumulateGram(
    _ range: Range<Int>, basis: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
  ) {
    let block = Products.gather(matrix, rows: Array(rows[range]), center: mean)
    block.withUnsafeBufferPointer { block in
      guard let block = block.baseAddress else { return }
      Self.accumulateGram(
        of: block, rows: range.count, columns: columns, basis: basis, width: width, into: target)
    }
  }
}

extension TallRows {
  /// The same of a block of dense rows.
  static func accumulateGram(
    of block: UnsafePointer<Float>, rows: Int, columns: Int, basis: UnsafePointer<Float>, width: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    var image = [Float](repeating: 0, count: rows * width)
    image.withUnsafeMutableBufferPointer { image in
      guard let image = image.baseAddress else { return }
      BLAS.gemm(m: rows, n: width, k: columns, block, lda: columns, basis, ldb: width, image, ldc: width)
      BLAS.gemm(
        m: columns, n: width, k: rows, block, lda: columns, transposeA: true, image, ldb: width, beta: 1,
        target, ldc: width)
    }
  }
}

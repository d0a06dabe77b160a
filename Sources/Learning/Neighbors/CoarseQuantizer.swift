import Numerics

/// Centers of cells, learnt by a few rounds of Lloyd's algorithm from random rows on a sample of the points: what finds
/// the few cells of an inverted file that are worth looking at. Matrix products make it much faster than `KMeans`, and
/// centers need not be the best ones.
struct CoarseQuantizer: Sendable {
  private static let rounds = 8
  private static let samplePerCell = 32
  private static let blockRows = 512

  /// [cells, D]
  let centers: [Float]
  let width: Int
  var count: Int { centers.count / width }

  /// - Parameters:
  ///   - points: [N, D], centered, D > 0.
  ///   - cells: how many, 1...N.
  /// - Throws: what `checkCancellation` throws.
  static func train(
    _ points: [Float], width: Int, cells: Int, seed: UInt64, workers: Workers,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> CoarseQuantizer {
    var random = SeededRandom(seed: seed, stream: 0x4956)
    var order = (0..<points.count / width).map(Int32.init)
    random.shuffle(&order)
    let sample = order.prefix(cells * samplePerCell).flatMap {
      points[Int($0) * width..<(Int($0) + 1) * width]
    }
    var quantizer = CoarseQuantizer(centers: Array(sample.prefix(cells * width)), width: width)
    for _ in 0..<rounds {
      try checkCancellation()
      quantizer = quantizer.moved(to: sample, try quantizer.nearest(to: sample, workers: workers))
    }
    return quantizer
  }

  /// The cell of the nearest center of each of `points` [N, D].
  func nearest(to points: [Float], workers: Workers) throws -> [Int32] {
    let norms = (0..<count).map { cell in
      centers[cell * width..<(cell + 1) * width].reduce(Float(0)) { $0 + $1 * $1 }
    }
    return try workers.map(count: points.count / width, blockSize: Self.blockRows) { range in
      var product = [Float](repeating: 0, count: range.count * count)
      return points.withUnsafeBufferPointer { points in
        centers.withUnsafeBufferPointer { centers in
          norms.withUnsafeBufferPointer { norms in
            product.withUnsafeMutableBufferPointer { product -> [Int32] in
              guard let p = points.baseAddress, let c = centers.baseAddress, let n = norms.baseAddress,
                let target = product.baseAddress
              else { return [] }
              BLAS.gemm(
                m: range.count, n: count, k: width, alpha: -2, p + range.lowerBound * width, lda: width, c,
                ldb: width, transposeB: true, target, ldc: count)
              return (0..<range.count).map { row in
                Int32(ThresholdScan.smallest(product: target + row * count, norms: n, count: count))
              }
            }
          }
        }
      }
    }.flatMap { $0 }
  }

  /// Each center at the mean of its points; where it was, if it has none.
  private func moved(to points: [Float], _ nearest: [Int32]) -> CoarseQuantizer {
    var sums = [Double](repeating: 0, count: centers.count)
    var sizes = [Int](repeating: 0, count: count)
    for (row, cell) in nearest.enumerated() {
      sizes[Int(cell)] += 1
      for j in 0..<width { sums[Int(cell) * width + j] += Double(points[row * width + j]) }
    }
    var centers = centers
    for cell in 0..<count where sizes[cell] > 0 {
      for j in 0..<width {
        centers[cell * width + j] = Float(sums[cell * width + j] / Double(sizes[cell]))
      }
    }
    return CoarseQuantizer(centers: centers, width: width)
  }
}

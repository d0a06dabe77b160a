import Numerics

/// The kinds of squares that the pictures of a set are made of, learnt from the set alone.
struct PatchDictionary: Sendable {
  /// Pixels along a side of a square.
  static let side = 6
  /// A multiple of sixteen, which are counted at a time.
  static let kinds = 128
  /// Squares that kinds are made of: at most so many, and so many of a picture.
  private static let samples = 20_000
  private static let samplesPerPicture = 50
  private static let rounds = 8
  /// Added to variances: ten gray levels of 255 to a square's own, and a tenth to those of whitening.
  private static let contrastFloor: Float = 10 / (255 * 255)
  private static let whiteningFloor = 0.1

  /// [D] of the squares.
  let mean: [Float]
  /// [D, D], symmetric.
  let whitening: DenseMatrix
  /// [kinds, D], each of length 1.
  let centers: DenseMatrix

  init(_ pictures: AveragedPictures, seed: UInt64, workers: Workers) throws {
    var random = SeededRandom(seed: seed, stream: 0xC0A7)
    let size = Self.side * Self.side * pictures.channels
    let samples = max(
      Self.kinds, min(Self.samples, Self.samplesPerPicture * pictures.count))
    var values = [Float](repeating: 0, count: samples * size)
    values.withUnsafeMutableBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: pictures.size) { picture in
        guard let base = values.baseAddress, let picture = picture.baseAddress else { return }
        for sample in 0..<samples {
          pictures.read(random.below(pictures.count), to: picture)
          let row = random.below(pictures.height - Self.side + 1)
          let column = random.below(pictures.width - Self.side + 1)
          Self.copy(picture, of: pictures, row, column, to: base + sample * size)
        }
      }
    }
    let squares = DenseMatrix(rows: samples, columns: size, values: values)
    let rows = Array(0..<squares.rows)
    let mean = try ClassSums.mean(of: squares, rows: rows, workers: workers)
    let covariance = try ClassSums.covariance(
      of: squares, rows: rows, centers: mean, centerOfRow: { _ in 0 }, workers: workers)
    whitening = Self.whitening(Eigen.symmetric(covariance, size: size))
    self.mean = mean
    let centered = DenseMatrix(
      rows: squares.rows, columns: size, values: Products.gather(squares, rows: rows, center: mean))
    centers = try Self.kinds(
      of: Products.multiply(centered, whitening, workers: workers), workers: workers)
  }

  /// V (Λ + floor)^-½ Vᵀ.
  private static func whitening(_ pairs: Eigenpairs) -> DenseMatrix {
    let size = pairs.size
    var values = [Double](repeating: 0, count: size * size)
    for index in 0..<size {
      let factor = 1 / (max(0, pairs.values[index]) + whiteningFloor).squareRoot()
      let vector = Array(pairs.vector(index))
      for i in 0..<size { for j in 0..<size { values[i * size + j] += factor * vector[i] * vector[j] } }
    }
    return DenseMatrix(rows: size, columns: size, values: values.map(Float.init))
  }

  /// Spherical k-means (Coates & Ng, 2012): each center is the direction of the sum of the squares that point along it
  /// most, each by how far it does. The squares came at random, so that the first are as good a start as any.
  private static func kinds(of squares: DenseMatrix, workers: Workers) throws -> DenseMatrix {
    let width = squares.columns
    var centers = DenseMatrix(
      rows: kinds, columns: width, values: unitRows(Array(squares.values[..<(kinds * width)]), width))
    for _ in 0..<rounds {
      let products = try Products.multiply(squares, centers, transposeB: true, workers: workers)
      // What no square points along stays what it was.
      var sums = centers.values.map { 1e-6 * $0 }
      for row in 0..<squares.rows {
        let (best, weight) = greatest(of: products, row: row)
        squares.withUnsafeValues { values in
          for index in 0..<width { sums[best * width + index] += weight * values[row * width + index] }
        }
      }
      centers = DenseMatrix(rows: kinds, columns: width, values: unitRows(sums, width))
    }
    return centers
  }

  private static func greatest(of products: DenseMatrix, row: Int) -> (kind: Int, value: Float) {
    products.withUnsafeValues { values in
      var best = row * kinds
      for index in row * kinds..<(row + 1) * kinds where values[index] > values[best] { best = index }
      return (best - row * kinds, values[best])
    }
  }

  private static func unitRows(_ values: [Float], _ width: Int) -> [Float] {
    var values = values
    for start in stride(from: 0, to: values.count, by: width) {
      let length = values[start..<start + width].reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      for index in start..<start + width { values[index] /= max(length, 1e-9) }
    }
    return values
  }

  /// A square of one of the pictures less its mean, over its deviation.
  static func copy(
    _ picture: UnsafePointer<Float>, of pictures: AveragedPictures, _ row: Int, _ column: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    let run = side * pictures.channels
    let size = side * run
    for line in 0..<side {
      let from = ((row + line) * pictures.width + column) * pictures.channels
      for index in 0..<run { target[line * run + index] = picture[from + index] }
    }
    let mean = sum(target, size) / Float(size)
    let variance = max(0, Distance.dot(target, target, count: size) / Float(size) - mean * mean)
    let factor = 1 / (variance + contrastFloor).squareRoot()
    for index in 0..<size { target[index] = (target[index] - mean) * factor }
  }

  /// Four sums side by side: one alone waits for each addition.
  private static func sum(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = SIMD4<Float>.zero
    for index in stride(from: 0, to: count - count % 4, by: 4) {
      lanes += UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Float>.self)
    }
    return (count - count % 4..<count).reduce(lanes.sum()) { $0 + values[$1] }
  }
}

import Model
import Numerics

/// Images as principal components of their pixels; large images are first averaged down.
enum ImageFeatures {
  static let components = 64
  /// Whole matrices of so many pictures are in memory, and no others.
  private static let blockRows = 1024

  static func build(_ images: ImageStack, seed: UInt64, workers: Workers) throws -> DenseMatrix {
    let pictures = AveragedPictures(images)
    guard pictures.size > PrincipalComponents.maxCovarianceColumns else {
      let pixels = try DenseMatrix(
        rows: pictures.count, columns: pictures.size, blockRows: blockRows, workers: workers
      ) { pictures.read($0, to: $1) }
      let components = try PrincipalComponents.fit(
        pixels, rows: Array(0..<pixels.rows), count: components, seed: seed, workers: workers)
      return try components.project(pixels, workers: workers)
    }
    let rows = try CenteredPictures(pictures, workers: workers)
    let principal = try PrincipalComponents.fit(
      rows, mean: rows.mean, count: components, seed: seed, workers: workers)
    return try DenseMatrix(
      rows: pictures.count, columns: principal.directions.rows, blockRows: blockRows, workers: workers
    ) { range in
      let pixels = DenseMatrix(
        rows: range.count, columns: pictures.size,
        values: [Float](unsafeUninitializedCapacity: range.count * pictures.size) { target, count in
          if let base = target.baseAddress { pictures.read(range, to: base) }
          count = target.count
        })
      return try principal.project(pixels, workers: Workers(threads: 1)).values
    }
  }
}

extension AveragedPictures {
  /// Some pictures, one below the other.
  fileprivate func read(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    for (index, image) in range.enumerated() { read(image, to: target + index * size) }
  }
}

/// Pixels less their mean.
private struct CenteredPictures: TallRows {
  private let pictures: AveragedPictures
  let mean: [Float]
  let isKept: [Bool]? = nil
  var rowCount: Int { pictures.count }
  var columns: Int { pictures.size }

  init(_ pictures: AveragedPictures, workers: Workers) throws {
    self.pictures = pictures
    let size = pictures.size
    var total = [Double](repeating: 0, count: size)
    try workers.reduce(count: pictures.count, blockSize: 4096, into: &total) { range in
      var sums = [Double](repeating: 0, count: size)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { picture in
        guard let base = picture.baseAddress else { return }
        for image in range {
          pictures.read(image, to: base)
          for index in 0..<size { sums[index] += Double(base[index]) }
        }
      }
      return sums
    } merge: { total, sums in
      for index in total.indices { total[index] += sums[index] }
    }
    mean = total.map { Float($0 / Double(max(1, pictures.count))) }
  }

  func accumulateGram(
    _ range: Range<Int>, basis: UnsafePointer<Float>, width: Int, into target: UnsafeMutablePointer<Float>
  ) {
    let block = UnsafeMutablePointer<Float>.allocate(capacity: range.count * columns)
    defer { block.deallocate() }
    mean.withUnsafeBufferPointer { mean in
      guard let mean = mean.baseAddress else { return }
      for (index, image) in range.enumerated() {
        let row = block + index * columns
        pictures.read(image, to: row)
        Distance.subtract(mean, from: row, into: row, count: columns)
      }
    }
    Self.accumulateGram(
      of: block, rows: range.count, columns: columns, basis: basis, width: width, into: target)
  }
}

import Model
import Numerics

/// Images as principal components of their standardised pixels; large images are first averaged down.
enum ImageFeatures {
  static let components = 64
  /// Values of an image that go into the components; larger images are averaged over squares of pixels.
  static let maxValues = 3 * 32 * 32

  static func build(_ images: ImageStack, seed: UInt64, workers: Workers) throws -> DenseMatrix {
    let pixels = try standardized(images, workers: workers)
    let components = try PrincipalComponents.fit(
      pixels, rows: Array(0..<pixels.rows), count: Self.components, seed: seed, workers: workers)
    return try components.project(pixels, workers: workers)
  }

  /// [N, values]: each value less its mean over all images, divided by the deviation of all values, so that
  /// pixels that hardly vary stay small.
  private static func standardized(_ images: ImageStack, workers: Workers) throws -> DenseMatrix {
    let shape = images.shape
    var side = 1
    while (shape.height / side) * (shape.width / side) * shape.channels > maxValues { side += 1 }
    // An image of one very long row would otherwise be averaged away.
    let tall = min(side, shape.height)
    let wide = min(side, shape.width)
    let height = shape.height / tall
    let width = min(shape.width / wide, max(1, maxValues / (height * shape.channels)))
    let size = height * width * shape.channels
    let step = side
    return try DenseMatrix(rows: images.count, columns: size, blockRows: 256, workers: workers) {
      range -> [Float] in
      var block = [Float](repeating: 0, count: range.count * size)
      for (index, image) in range.enumerated() {
        images.withPixels(at: image) { pixels in
          let down = min(step, shape.height)
          let across = min(step, shape.width)
          let share = 1 / Float(255 * down * across)
          for row in 0..<height * down {
            for column in 0..<width * across {
              let from = (row * shape.width + column) * shape.channels
              let to = index * size + (row / down * width + column / across) * shape.channels
              for channel in 0..<shape.channels {
                block[to + channel] += Float(pixels[from + channel]) * share
              }
            }
          }
        }
      }
      return block
    }
  }
}

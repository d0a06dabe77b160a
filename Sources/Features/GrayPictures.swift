import Model
import Numerics

/// Brightness of images, averaged down to at most 32 x 32, which keeps what a detector of patterns looks at and bounds
/// what an image costs.
package struct GrayPictures: Sendable {
  private static let maxSide = 32
  package static let maxValues = maxSide * maxSide
  package let height: Int
  package let width: Int
  /// [N, height * width], 0...1.
  package let values: DenseMatrix

  package init(_ images: ImageStack, workers: Workers) throws {
    let shape = images.shape
    let height = min(Self.maxSide, shape.height)
    let width = min(Self.maxSide, shape.width)
    self.height = height
    self.width = width
    values = try DenseMatrix(
      rows: images.count, columns: height * width, blockRows: 256, workers: workers,
      block: { range in
        range.flatMap { image in
          images.withPixels(at: image) { Self.gray($0, shape, height, width) }
        }
      })
  }

  /// Each value is the mean of all channels over its own rectangle of pixels.
  private static func gray(
    _ pixels: UnsafeBufferPointer<UInt8>, _ shape: ImageShape, _ height: Int, _ width: Int
  ) -> [Float] {
    (0..<height * width).map { index in
      let rows = index / width * shape.height / height..<(index / width + 1) * shape.height / height
      let columns = index % width * shape.width / width..<(index % width + 1) * shape.width / width
      var sum = 0
      for row in rows {
        let from = (row * shape.width + columns.lowerBound) * shape.channels
        for value in pixels[from..<from + columns.count * shape.channels] { sum += Int(value) }
      }
      return Float(sum) / Float(255 * rows.count * columns.count * shape.channels)
    }
  }
}

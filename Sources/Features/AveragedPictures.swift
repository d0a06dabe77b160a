import Model
import Numerics

/// Pictures as their pixels from 0 to 1, large ones averaged over squares of pixels, which bounds what one costs.
struct AveragedPictures: Sendable {
  /// Values of a picture at most.
  static let maxValues = 3 * 32 * 32
  let height: Int
  let width: Int
  let channels: Int
  /// [N, height * width * channels]
  let values: DenseMatrix

  init(_ images: ImageStack, workers: Workers) throws {
    let shape = images.shape
    var side = 1
    while (shape.height / side) * (shape.width / side) * shape.channels > Self.maxValues { side += 1 }
    // An image of one very long row would otherwise be averaged away.
    let tall = min(side, shape.height)
    let wide = min(side, shape.width)
    let height = shape.height / tall
    let width = min(shape.width / wide, max(1, Self.maxValues / (height * shape.channels)))
    let size = height * width * shape.channels
    let step = side
    values = try DenseMatrix(rows: images.count, columns: size, blockRows: 256, workers: workers) {
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
    self.height = height
    self.width = width
    channels = shape.channels
  }
}

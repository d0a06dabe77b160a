import Model

/// Images as gray values, large ones averaged down to at most 32x32 squares of pixels.
struct GrayPixels: Sendable {
  static let mostValues = 32 * 32

  let height: Int
  let width: Int
  /// [N, height · width], 0...1.
  let matrix: DenseMatrix

  init(_ images: ImageStack, workers: Workers) throws {
    let shape = images.shape
    var side = 1
    while Self.squares(shape.height, side) * Self.squares(shape.width, side) > Self.mostValues { side += 1 }
    let height = Self.squares(shape.height, side)
    let width = Self.squares(shape.width, side)
    let step = side
    let blocks = try workers.map(count: images.count, blockSize: 256) { range in
      var block = [Float](repeating: 0, count: range.count * height * width)
      // Squares at the lower and right border can be smaller.
      var sizes = [Float](repeating: 0, count: height * width)
      for row in 0..<shape.height {
        for column in 0..<shape.width { sizes[row / step * width + column / step] += 1 }
      }
      for (index, image) in range.enumerated() {
        images.withPixels(at: image) { pixels in
          for row in 0..<shape.height {
            for column in 0..<shape.width {
              let from = (row * shape.width + column) * shape.channels
              let to = row / step * width + column / step
              let share = 1 / (255 * Float(shape.channels) * sizes[to])
              for channel in 0..<shape.channels {
                block[index * height * width + to] += Float(pixels[from + channel]) * share
              }
            }
          }
        }
      }
      return block
    }
    self.height = height
    self.width = width
    matrix = DenseMatrix(rows: images.count, columns: height * width, joining: blocks)
  }

  private static func squares(_ length: Int, _ side: Int) -> Int { (length + side - 1) / side }
}

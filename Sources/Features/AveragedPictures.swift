import Model

/// Pictures as their pixels from 0 to 1, large ones averaged over squares of pixels, which bounds what one costs. Each is made
/// when it is asked for: all of them as numbers of four bytes would take four times what the pictures do.
struct AveragedPictures: Sendable {
  /// Values of a picture at most.
  static let maxValues = 3 * 32 * 32
  let height: Int
  let width: Int
  let channels: Int
  private let images: ImageStack
  /// Pixels that a value is averaged over.
  private let down: Int
  private let across: Int

  init(_ images: ImageStack) {
    let shape = images.shape
    var side = 1
    while (shape.height / side) * (shape.width / side) * shape.channels > Self.maxValues { side += 1 }
    down = min(side, shape.height)
    across = min(side, shape.width)
    height = shape.height / down
    // An image of one very long row would otherwise be averaged away.
    width = min(shape.width / across, max(1, Self.maxValues / (height * shape.channels)))
    channels = shape.channels
    self.images = images
  }

  var count: Int { images.count }
  /// Values of a picture: height, width and channels of it.
  var size: Int { height * width * channels }

  /// Writes the `size` values of a picture.
  func read(_ image: Int, to target: UnsafeMutablePointer<Float>) {
    let share = 1 / Float(255 * down * across)
    images.withPixels(at: image) { pixels in
      if down == 1, across == 1, width == images.shape.width {
        for index in 0..<size { (target + index).initialize(to: Float(pixels[index]) * share) }
        return
      }
      target.initialize(repeating: 0, count: size)
      for row in 0..<height * down {
        for column in 0..<width * across {
          let from = (row * images.shape.width + column) * channels
          let to = (row / down * width + column / across) * channels
          for channel in 0..<channels { target[to + channel] += Float(pixels[from + channel]) * share }
        }
      }
    }
  }
}

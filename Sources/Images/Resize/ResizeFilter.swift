/// How a picture is brought to another size. All of them count in whole numbers and round to the nearest, halves up:
/// the same on every machine.
package enum ResizeFilter: UInt8, Sendable, CaseIterable {
  /// The average over the area that a pixel of the result covers, pixels that it covers in part counted in part.
  case area = 0
  /// The pixel at the upper left corner of that area: OpenCV's INTER_NEAREST, TensorFlow 1.
  case nearest
  /// The pixel under its center: Pillow, TensorFlow 2.
  case nearestToCenter
  /// Between the four pixels round its center, however many it covers: OpenCV's INTER_LINEAR, TensorFlow 2 without
  /// `antialias`. Pixels between the four do not count, which an image-scaling attack makes use of.
  case bilinear

  /// - Parameters:
  ///   - pixels: width * height * channels of them; sizes are at least 1 and at most 2^20.
  package func resize(
    _ pixels: [UInt8], width: Int, height: Int, channels: Int, to size: (width: Int, height: Int)
  ) -> [UInt8] {
    let sides = 1...1 << 20
    precondition(sides.contains(width) && sides.contains(height) && channels > 0)
    precondition(sides.contains(size.width) && sides.contains(size.height))
    precondition(pixels.count == width * height * channels)
    let shape = ResizeShape(
      width: width, height: height, channels: channels, newWidth: size.width, newHeight: size.height)
    return switch self {
    case .area: AreaAverage.resize(pixels, shape)
    case .nearest: Nearest.resize(pixels, shape, isCentered: false)
    case .nearestToCenter: Nearest.resize(pixels, shape, isCentered: true)
    case .bilinear: Bilinear.resize(pixels, shape)
    }
  }
}

/// From what size to what.
struct ResizeShape {
  let width: Int
  let height: Int
  let channels: Int
  let newWidth: Int
  let newHeight: Int
  var newCount: Int { newWidth * newHeight * channels }
}

import Model

/// Square patches of the images of a stack, quantised to four levels a channel.
struct PatchPixels: Sendable {
  /// Of the polynomial hash of a patch's levels: odd and without structure (SplitMix64's increment).
  static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  let images: ImageStack

  /// Indices of the pixels of a patch, row-major.
  func square(size: Int, row: Int, column: Int) -> [Int] {
    (row..<row + size).flatMap { y in (column..<column + size).map { y * images.shape.width + $0 } }
  }

  /// By pixel, the levels of each image, two bits a channel.
  func levelsByPixel() -> [[UInt8]] {
    var levels = [[UInt8]](
      repeating: [UInt8](repeating: 0, count: images.count), count: images.shape.height * images.shape.width)
    for image in 0..<images.count {
      for (pixel, level) in self.levels(of: image).enumerated() { levels[pixel][image] = level }
    }
    return levels
  }

  /// The level of each pixel of an image, two bits a channel.
  func levels(of image: Int) -> [UInt8] {
    let channels = images.shape.channels
    return images.withPixels(at: image) { pixels in
      (0..<images.shape.height * images.shape.width).map { pixel in
        var level: UInt8 = 0
        for channel in 0..<channels { level = level << 2 | pixels[pixel * channels + channel] >> 6 }
        return level
      }
    }
  }

  /// The values of a patch as they are, row-major, channels interleaved.
  func values(of image: Int, size: Int, row: Int, column: Int) -> [UInt8] {
    let channels = images.shape.channels
    return images.withPixels(at: image) { pixels in
      square(size: size, row: row, column: column).flatMap { pixels[$0 * channels..<($0 + 1) * channels] }
    }
  }
}

/// A picture as pixels: 8 bits a channel, row-major, channels interleaved.
package struct DecodedImage: Sendable, Equatable {
  package let width: Int
  package let height: Int
  /// 1 (gray) or 3 (red, green, blue).
  package let channels: Int
  package let pixels: [UInt8]
  package let origin: ImageOrigin
  /// What scaling would see of the whole picture; nil where that was not asked for or cannot be told.
  package var scaling: ScalingTrace?

  /// `pixels` has width * height * channels elements.
  package init(width: Int, height: Int, channels: Int, pixels: [UInt8], origin: ImageOrigin) {
    precondition(pixels.count == width * height * channels)
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    self.origin = origin
  }
}

/// What is known of the file that a picture comes from.
package struct ImageOrigin: Sendable, Equatable {
  package let format: ImageFormat
  /// Of the whole picture, upright (if it was to be turned), before it was resized.
  package let width: Int
  package let height: Int
  /// Whether some pixel was not wholly opaque: then what a person sees and what a model is trained on may differ.
  package let isTranslucent: Bool
  /// The decoder had to guess somewhere: the file is damaged, but all of it was there.
  package let isDamaged: Bool
  package init(format: ImageFormat, width: Int, height: Int, isTranslucent: Bool, isDamaged: Bool) {
    self.format = format
    self.width = width
    self.height = height
    self.isTranslucent = isTranslucent
    self.isDamaged = isDamaged
  }
}

import CPNG

/// Pixels as a PNG file, to be laid into a report.
package enum PNGWriter {
  /// - Parameters:
  ///   - pixels: width * height * channels of them, row-major.
  ///   - channels: 1 (gray) or 3 (red, green, blue).
  /// - Throws: `ImageError` where there is no memory for it.
  package static func encode(
    width: Int, height: Int, channels: Int, pixels: [UInt8]
  ) throws(ImageError) -> [UInt8] {
    precondition((1...1 << 20).contains(width) && (1...1 << 20).contains(height))
    precondition((channels == 1 || channels == 3) && pixels.count == width * height * channels)
    var size = 0
    guard let bytes = cpng_write(pixels, UInt32(width), UInt32(height), CInt(channels), &size) else {
      throw ImageError(.outOfMemory, "no memory for a PNG of \(width) x \(height) pixels")
    }
    defer { cpng_free(bytes) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: size))
  }

  package static func encode(_ image: DecodedImage) throws(ImageError) -> [UInt8] {
    try encode(width: image.width, height: image.height, channels: image.channels, pixels: image.pixels)
  }
}

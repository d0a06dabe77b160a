/// What a file says of its picture before a pixel is decoded. Reading it allocates nothing that grows with the
/// picture.
package struct ImageHeader: Sendable, Equatable {
  package let format: ImageFormat
  /// As stored, before the picture is turned upright.
  package let width: Int
  package let height: Int
  /// How it is to be turned.
  package let orientation: Orientation
  /// Bytes of a pixel, as its decoder puts them down at least.
  private let pixelSize: Int

  /// - Throws: `ImageError` for what is no picture of a format that is read. Sizes are not judged: `ImageLimits.check`.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    guard let format = ImageFormat(bytes) else {
      throw ImageError(
        .unknownFormat, "no picture of a known format; read are PNG, JPEG, WebP, BMP, PNM and GIF")
    }
    let source = ByteSource(bytes)
    switch format {
    case .png:
      let chunks = try PNGChunks(source)
      return ImageHeader(format, chunks.width, chunks.height, chunks.pixelSize, chunks.orientation)
    case .jpeg:
      let segments = try JPEGSegments(source)
      return ImageHeader(format, segments.width, segments.height, segments.components, segments.orientation)
    case .webp:
      let chunks = try WebPChunks(source)
      return ImageHeader(format, chunks.width, chunks.height, 3, chunks.orientation)
    case .bmp:
      let header = try BMPHeader(source)
      return ImageHeader(format, header.width, header.height, header.bitsPerPixel <= 8 ? 1 : 3)
    case .pnm:
      let header = try PNMHeader(source)
      return ImageHeader(format, header.width, header.height, header.channels)
    case .gif:
      let header = try GIFHeader(source)
      return ImageHeader(format, header.width, header.height, 3)
    }
  }

  /// What decoding needs at least, for pixels alone; libraries take some beside.
  /// - Precondition: the size is within `ImageLimits`.
  package func workingBytes(turnsUpright: Bool) -> Int {
    let once = width * height * pixelSize
    return turnsUpright && orientation != .upright ? 2 * once : once
  }

  private init(
    _ format: ImageFormat, _ width: Int, _ height: Int, _ pixelSize: Int,
    _ orientation: Orientation = .upright
  ) {
    self.format = format
    self.width = width
    self.height = height
    self.pixelSize = pixelSize
    self.orientation = orientation
  }
}

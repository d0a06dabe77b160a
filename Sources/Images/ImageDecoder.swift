/// Bytes of a file to pixels, in this process. Formats with a memory-safe decoder of our own (BMP, PNM, GIF) cannot
/// harm it; for those that libraries in C decode (PNG, JPEG, WebP) stands `Isolation`.
package enum ImageDecoder {
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, _ options: DecodeOptions = DecodeOptions()
  ) throws(ImageError) -> DecodedImage {
    try options.limits.check(fileBytes: bytes.count)
    let header = try ImageHeader.read(bytes)
    try options.limits.check(width: header.width, height: header.height)
    // Decoders read the head again, and judge it again: a mapped file may change meanwhile.
    let source = ByteSource(bytes)
    var raster: Raster =
      switch header.format {
      case .png: try PNGDecoder.decode(bytes, header, options.limits)
      case .jpeg: try JPEGDecoder.decode(bytes, header, options.limits)
      case .webp: try WebPDecoder.decode(bytes, header)
      case .bmp: try BMPDecoder.decode(source, options.limits)
      case .pnm: try PNMDecoder.decode(source, options.limits)
      case .gif: try GIFDecoder.decode(source, options.limits)
      }
    let isTranslucent = raster.isTranslucent
    raster.dropOpacity()
    if options.turnsUpright { raster.turn(header.orientation) }
    let origin = ImageOrigin(
      format: header.format, width: raster.width, height: raster.height, isTranslucent: isTranslucent,
      isDamaged: raster.isDamaged)
    var scaling: ScalingTrace?
    if let target = options.target {
      scaling = trace(raster, options.scaling, target)
      raster.fit(target)
    }
    var image = DecodedImage(
      width: raster.width, height: raster.height, channels: raster.channels, pixels: raster.pixels,
      origin: origin)
    image.scaling = scaling
    return image
  }

  private static func trace(
    _ raster: Raster, _ sizes: DecodeOptions.ScalingSizes, _ target: ImageTarget
  ) -> ScalingTrace? {
    guard raster.width > target.width || raster.height > target.height, [1, 3].contains(raster.channels)
    else {
      return nil
    }
    return ScalingTrace(
      raster.pixels, width: raster.width, height: raster.height, channels: raster.channels,
      sizes: sizes.sizes(target))
  }

  /// The same for bytes in an array.
  package static func decode(
    _ bytes: [UInt8], _ options: DecodeOptions = DecodeOptions()
  ) throws(ImageError) -> DecodedImage {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(ImageError) in try decode(buffer, options) }
    }
    return try result.get()
  }
}

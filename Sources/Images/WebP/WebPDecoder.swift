import CWebP

/// WebP by libwebp: lossy and lossless, with and without opacity; of animations nothing.
enum WebPDecoder {
  static func decode(_ bytes: UnsafeRawBufferPointer, _ header: ImageHeader) throws(ImageError) -> Raster {
    let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var config = WebPDecoderConfig()
    guard WebPInitDecoderConfig(&config) != 0 else { throw ImageError(.unsupported, "libwebp is too old") }
    try check(WebPGetFeatures(base, bytes.count, &config.input))
    guard config.input.has_animation == 0 else {
      throw ImageError(.unsupported, "animated WebP is not read")
    }
    // What the buffer is made for must be what libwebp will write.
    guard Int(config.input.width) == header.width, Int(config.input.height) == header.height else {
      throw ImageError(.damaged, "the size is told in two ways")
    }
    let hasOpacity = config.input.has_alpha != 0
    let channels = hasOpacity ? 4 : 3
    // No overflow: checked against the limits.
    let count = header.width * header.height * channels
    var pixels = [UInt8](repeating: 0, count: count)
    let status = pixels.withUnsafeMutableBufferPointer { target in
      config.output.colorspace = hasOpacity ? MODE_RGBA : MODE_RGB
      config.output.is_external_memory = 1
      config.output.u.RGBA = WebPRGBABuffer(
        rgba: target.baseAddress, stride: CInt(header.width * channels), size: target.count)
      return WebPDecode(base, bytes.count, &config)
    }
    try check(status)
    return Raster(width: header.width, height: header.height, channels: channels, pixels: pixels)
  }

  private static func check(_ status: VP8StatusCode) throws(ImageError) {
    switch status {
    case VP8_STATUS_OK: return
    case VP8_STATUS_OUT_OF_MEMORY: throw ImageError(.outOfMemory, "no memory left")
    case VP8_STATUS_NOT_ENOUGH_DATA: throw ImageError(.truncated, "the file ends too early")
    case VP8_STATUS_UNSUPPORTED_FEATURE: throw ImageError(.unsupported, "libwebp does not read this form")
    default: throw ImageError(.damaged, "libwebp: error \(status.rawValue)")
    }
  }
}

import CTurboJPEG

/// JPEG by libjpeg-turbo: gray, YCbCr, RGB, CMYK and YCCK, baseline and progressive, 8 bits.
///
/// Always decoded whole: its scaled decoding cuts frequencies off instead of averaging areas, which differs from the
/// average by more than 1.
enum JPEGDecoder {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, _ limits: ImageLimits
  ) throws(ImageError) -> Raster {
    let segments = try JPEGSegments(ByteSource(bytes))
    let scans = segments.scans(in: ByteSource(bytes))
    try limits.check(scans: scans.count)
    guard let handle = tjInitDecompress() else { throw ImageError(.outOfMemory, "no memory left") }
    defer { tjDestroy(handle) }
    let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let size = CUnsignedLong(bytes.count)
    var (width, height, sampling, space) = (CInt(0), CInt(0), CInt(0), CInt(0))
    let outcome = tjDecompressHeader3(handle, base, size, &width, &height, &sampling, &space)
    guard outcome == 0 || isWarning(handle) else { throw error(handle) }
    // What the buffer is made for must be what libjpeg will write.
    guard Int(width) == header.width, Int(height) == header.height else {
      throw ImageError(.damaged, "the size is told in two ways")
    }
    let format: TJPF
    let channels: Int
    switch TJCS(UInt32(truncatingIfNeeded: space)) {
    case TJCS_GRAY: (format, channels) = (TJPF_GRAY, 1)
    case TJCS_CMYK, TJCS_YCCK: (format, channels) = (TJPF_CMYK, 4)
    default: (format, channels) = (TJPF_RGB, 3)
    }
    // No overflow: checked against the limits.
    let count = header.width * header.height * channels
    // Zeros first: after a warning some of it may not have been written.
    var pixels = [UInt8](repeating: 0, count: count)
    let flags = CInt(TJFLAG_LIMITSCANS)
    let decoded = tjDecompress2(handle, base, size, &pixels, width, 0, height, format.rawValue, flags)
    var isDamaged = false
    if decoded != 0 {
      guard isWarning(handle) else { throw error(handle) }
      // libjpeg makes up gray for what is missing.
      guard scans.haveEnd else { throw ImageError(.truncated, "the file ends too early", at: bytes.count) }
      isDamaged = true
    }
    if channels == 4 { pixels = colors(ofInks: pixels, areInverted: segments.isAdobe) }
    var raster = Raster(
      width: header.width, height: header.height, channels: min(3, channels), pixels: pixels)
    raster.isDamaged = isDamaged
    return raster
  }

  private static func isWarning(_ handle: tjhandle) -> Bool {
    tjGetErrorCode(handle) == TJERR_WARNING.rawValue.signed
  }

  private static func error(_ handle: tjhandle) -> ImageError {
    guard let text = tjGetErrorStr2(handle) else { return ImageError(.damaged, "libjpeg: unknown error") }
    let message = printable(String(cString: text).utf8.map { $0 })
    // The texts of jerror.h; TurboJPEG has no code for them.
    if message.contains("nsufficient memory") || message.contains("Memory allocation failure") {
      return ImageError(.outOfMemory, "no memory left")
    }
    if message.contains("too many scans") { return ImageError(.tooLarge, "libjpeg: \(message)") }
    return ImageError(.damaged, "libjpeg: \(message)")
  }

  /// Red, green and blue of cyan, magenta, yellow and black by the simple formula that TensorFlow and OpenCV have:
  /// what an ink leaves, times what black leaves.
  private static func colors(ofInks inks: [UInt8], areInverted: Bool) -> [UInt8] {
    let count = inks.count / 4
    return [UInt8](unsafeUninitializedCapacity: count * 3) { target, written in
      inks.withUnsafeBufferPointer { source in
        for pixel in 0..<count {
          let black = left(source[pixel * 4 + 3], areInverted)
          for channel in 0..<3 {
            let value = left(source[pixel * 4 + channel], areInverted) * black
            target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: (value + 127) / 255)
          }
        }
      }
      written = count * 3
    }
  }

  private static func left(_ ink: UInt8, _ isInverted: Bool) -> Int { Int(isInverted ? ink : 255 - ink) }
}

extension UInt32 {
  /// C's enumerations are unsigned, and TurboJPEG takes them as int; all are small.
  fileprivate var signed: CInt { CInt(truncatingIfNeeded: self) }
}

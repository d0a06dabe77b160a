import CPNG

/// PNG by libpng: palettes, 1 to 4 bits and tRNS are expanded; of 16 bits the high byte is taken. Gamma and color
/// profiles are not applied.
enum PNGDecoder {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ header: ImageHeader, _ limits: ImageLimits
  ) throws(ImageError) -> Raster {
    let chunks = try PNGChunks(ByteSource(bytes))
    try limits.check(width: chunks.width, height: chunks.height)
    guard chunks.fit(fileBytes: bytes.count) else {
      throw ImageError(.truncated, "the file is too short for its size", at: bytes.count)
    }
    var message = [CChar](repeating: 0, count: 96)
    let size = message.count
    var (width, height, channels, status) = (UInt32(0), UInt32(0), CInt(0), CInt(0))
    let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let opened = cpng_open(
      base, bytes.count, UInt32(limits.maxSide), &width, &height, &channels, &status, &message, size)
    guard let reader = opened else { throw error(status, message) }
    defer { cpng_close(reader) }
    // What the buffer is made for must be what libpng will write.
    guard Int(width) == header.width, Int(height) == header.height, (1...4).contains(channels) else {
      throw ImageError(.damaged, "the size is told in two ways")
    }
    // No overflow: checked against the limits.
    let count = header.width * header.height * Int(channels)
    // Zeros first: an interlaced picture is put together out of seven passes.
    var pixels = [UInt8](repeating: 0, count: count)
    status = cpng_read(reader, &pixels, count, &message, size)
    guard status == CInt(CPNG_OK.rawValue) else { throw error(status, message) }
    return Raster(width: header.width, height: header.height, channels: Int(channels), pixels: pixels)
  }

  private static func error(_ status: CInt, _ message: [CChar]) -> ImageError {
    if status == CInt(CPNG_OUT_OF_MEMORY.rawValue) { return ImageError(.outOfMemory, "no memory left") }
    let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return ImageError(.damaged, "libpng: \(printable(text))")
  }
}

/// What a library says of an error, which may quote the file: without anything but printable ASCII.
func printable(_ text: [UInt8]) -> String {
  String(decoding: text.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
}

/// The first frame of a GIF file on its logical screen: GIF89a specification, 15 (sub-blocks), 20 (image descriptor),
/// 23 (graphic control extension). What the frame does not cover is transparent.
enum GIFDecoder {
  static func decode(_ source: ByteSource, _ limits: ImageLimits) throws(ImageError) -> Raster {
    let header = try GIFHeader(source)
    try limits.check(width: header.width, height: header.height)
    var offset = header.dataOffset
    var transparent: Int?
    while true {
      switch try source.byte(offset) {
      case 0x21:
        if try source.byte(offset + 1) == 0xF9, try source.byte(offset + 2) >= 4 {
          transparent = try source.byte(offset + 3) & 1 == 1 ? Int(try source.byte(offset + 6)) : nil
        }
        offset = try skip(source, from: offset + 2)
      case 0x2C: return try frame(source, header, at: offset + 1, transparent)
      case 0x3B: throw ImageError(.damaged, "the file holds no picture", at: offset)
      default: throw ImageError(.damaged, "a block of no known kind", at: offset)
      }
    }
  }

  /// Behind the sub-blocks that begin at `offset`.
  private static func skip(_ source: ByteSource, from offset: Int) throws(ImageError) -> Int {
    var offset = offset
    while true {
      let size = Int(try source.byte(offset))
      offset += size + 1
      if size == 0 { return offset }
    }
  }

  private static func frame(
    _ source: ByteSource, _ header: GIFHeader, at offset: Int, _ transparent: Int?
  ) throws(ImageError) -> Raster {
    let frame = Frame(
      left: try source.little(offset, 2), top: try source.little(offset + 2, 2),
      width: try source.little(offset + 4, 2), height: try source.little(offset + 6, 2))
    let flags = try source.byte(offset + 8)
    guard frame.width > 0, frame.height > 0, frame.left + frame.width <= header.width,
      frame.top + frame.height <= header.height
    else { throw ImageError(.unsupported, "the first frame does not lie on the screen", at: offset) }
    let local = try GIFPalette(flags, source, at: offset + 9)
    guard let palette = local ?? header.palette else {
      throw ImageError(.unsupported, "no color table", at: offset)
    }
    let start = offset + 9 + (local?.byteCount ?? 0)
    let codeSize = Int(try source.byte(start))
    var data: [UInt8] = []
    var offset = start + 1
    while case let size = Int(try source.byte(offset)), size > 0 {
      data.append(contentsOf: try source.slice(offset + 1, size))
      offset += size + 1
    }
    // No more than the logical screen, which the limits allow.
    let indices = try GIFCodes.decode(data, codeSize: codeSize, count: frame.width * frame.height, at: start)
    return paint(indices, frame, header, palette, transparent, isInterlaced: flags & 0x40 != 0)
  }

  private struct Frame {
    let left: Int
    let top: Int
    let width: Int
    let height: Int

    /// The rows in the order in which they are stored: Appendix E.
    func rows(isInterlaced: Bool) -> [Int] {
      guard isInterlaced else { return Array(0..<height) }
      return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { Array(stride(from: $0.0, to: height, by: $0.1)) }
    }
  }

  private static func paint(
    _ indices: [UInt8], _ frame: Frame, _ header: GIFHeader, _ palette: GIFPalette, _ transparent: Int?,
    isInterlaced: Bool
  ) -> Raster {
    let isCovered = frame.width == header.width && frame.height == header.height
    let channels = transparent == nil && isCovered ? 3 : 4
    let empty = (0..<3).map { palette[transparent ?? header.background, $0] } + [0]
    var pixels = [UInt8](repeating: 0, count: header.width * header.height * channels)
    if !isCovered { for index in pixels.indices { pixels[index] = empty[index % 4] } }
    for (line, row) in frame.rows(isInterlaced: isInterlaced).enumerated() {
      for column in 0..<frame.width {
        let index = Int(indices[line * frame.width + column])
        let target = ((frame.top + row) * header.width + frame.left + column) * channels
        for channel in 0..<3 { pixels[target + channel] = palette[index, channel] }
        if channels == 4 { pixels[target + 3] = index == transparent ? 0 : 255 }
      }
    }
    return Raster(width: header.width, height: header.height, channels: channels, pixels: pixels)
  }
}

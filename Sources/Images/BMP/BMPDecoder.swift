/// Windows bitmaps of 1, 2, 4, 8, 16, 24 and 32 bits, with masks, with runs; see `BMPHeader`.
enum BMPDecoder {
  static func decode(_ source: ByteSource, _ limits: ImageLimits) throws(ImageError) -> Raster {
    let header = try BMPHeader(source)
    try limits.check(width: header.width, height: header.height)
    switch header.storage {
    case .masks(let red, let green, let blue, let opacity):
      let fields = try [red, green, blue, opacity].prefix(opacity == 0 ? 3 : 4)
        .map { mask throws(ImageError) in try BitField(mask) }
      return try masked(source, header, fields)
    case .plain where header.bitsPerPixel == 24: return try colors(source, header)
    case .plain:
      let rows = try pixels(source, header)
      return try painted(try indices(rows, header), source, header)
    case .runLength8, .runLength4:
      return try painted(try BMPRuns.indices(source, header), source, header)
    }
  }

  /// The rows as they lie in the file; all of them are there before anything is allocated.
  private static func pixels(
    _ source: ByteSource, _ header: BMPHeader
  ) throws(ImageError) -> ByteSource {
    ByteSource(try source.slice(header.dataOffset, header.rowSize * header.height))
  }

  /// Where row `row` from the top begins.
  private static func start(_ row: Int, _ header: BMPHeader) -> Int {
    (header.isTopDown ? row : header.height - 1 - row) * header.rowSize
  }

  private static func colors(_ source: ByteSource, _ header: BMPHeader) throws(ImageError) -> Raster {
    let rows = try pixels(source, header)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(header.width * header.height * 3)
    for row in 0..<header.height {
      let line = try rows.slice(start(row, header), header.rowSize)
      for column in 0..<header.width {
        pixels.append(line[column * 3 + 2])
        pixels.append(line[column * 3 + 1])
        pixels.append(line[column * 3])
      }
    }
    return Raster(width: header.width, height: header.height, channels: 3, pixels: pixels)
  }

  private static func masked(
    _ source: ByteSource, _ header: BMPHeader, _ fields: [BitField]
  ) throws(ImageError) -> Raster {
    let rows = try pixels(source, header)
    let size = header.bitsPerPixel / 8
    var pixels: [UInt8] = []
    pixels.reserveCapacity(header.width * header.height * fields.count)
    for row in 0..<header.height {
      for column in 0..<header.width {
        let value = UInt32(try rows.little(start(row, header) + column * size, size))
        for field in fields { pixels.append(field.level(in: value)) }
      }
    }
    return Raster(width: header.width, height: header.height, channels: fields.count, pixels: pixels)
  }

  /// Pixels of less than a byte, the leftmost in the highest bits.
  private static func indices(_ rows: ByteSource, _ header: BMPHeader) throws(ImageError) -> [UInt8] {
    let bits = header.bitsPerPixel
    let mask = UInt8((1 << bits) - 1)
    var indices: [UInt8] = []
    indices.reserveCapacity(header.width * header.height)
    for row in 0..<header.height {
      let line = try rows.slice(start(row, header), header.rowSize)
      for column in 0..<header.width {
        let bit = column * bits
        indices.append(line[bit >> 3] >> UInt8(8 - bits - bit & 7) & mask)
      }
    }
    return indices
  }

  /// Indices to the colors of the palette: gray where all of them are.
  private static func painted(
    _ indices: [UInt8], _ source: ByteSource, _ header: BMPHeader
  ) throws(ImageError) -> Raster {
    guard let palette = header.palette else { throw ImageError(.damaged, "no palette") }
    // An index without an entry is black.
    var colors = [[UInt8]](repeating: [0, 0, 0], count: 256)
    for index in 0..<palette.count {
      let entry = try source.slice(palette.offset + index * palette.entrySize, palette.entrySize)
      colors[index] = [entry[2], entry[1], entry[0]]
    }
    let isGray = colors.allSatisfy { $0[0] == $0[1] && $0[1] == $0[2] }
    let channels = isGray ? 1 : 3
    let flat = colors.flatMap { $0.prefix(channels) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * channels)
    for index in indices {
      for channel in 0..<channels { pixels.append(flat[Int(index) * channels + channel]) }
    }
    return Raster(width: header.width, height: header.height, channels: channels, pixels: pixels)
  }

  /// The bits of one channel in a pixel.
  private struct BitField {
    private let shift: UInt32
    /// 0 where the mask is empty.
    private let maxValue: UInt32

    init(_ mask: UInt32) throws(ImageError) {
      shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
      maxValue = mask >> shift
      guard maxValue & (maxValue &+ 1) == 0 else {
        throw ImageError(.unsupported, "a mask whose bits do not lie together", at: 54)
      }
    }

    /// Brought from 0...maxValue to 0...255, rounded to the nearest.
    func level(in pixel: UInt32) -> UInt8 {
      guard maxValue > 0 else { return 0 }
      let value = UInt64(pixel >> shift & maxValue)
      return UInt8(truncatingIfNeeded: (value * 255 + UInt64(maxValue) / 2) / UInt64(maxValue))
    }
  }
}

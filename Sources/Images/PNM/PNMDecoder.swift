/// P1 to P6 of Netpbm; see `PNMHeader`.
enum PNMDecoder {
  static func decode(_ source: ByteSource, _ limits: ImageLimits) throws(ImageError) -> Raster {
    let header = try PNMHeader(source)
    try limits.check(width: header.width, height: header.height)
    // No overflow, after the check.
    let count = header.width * header.height * header.channels
    let pixels =
      switch (header.isText, header.samples) {
      case (true, .bits): try textBits(source, header, count)
      case (true, _): try textNumbers(source, header, count)
      case (false, .bits): try bits(source, header)
      case (false, _): try numbers(source, header, count)
      }
    return Raster(width: header.width, height: header.height, channels: header.channels, pixels: pixels)
  }

  /// In bits 1 is black.
  private static func level(ofBit bit: Int) -> UInt8 { bit == 0 ? 255 : 0 }

  /// Brought from 0...maxValue to 0...255, rounded to the nearest; what is above is full brightness.
  private static func level(_ value: Int, _ maxValue: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (min(value, maxValue) * 255 + maxValue / 2) / maxValue)
  }

  /// Not enough bytes for as many values: known before anything is allocated.
  private static func check(_ source: ByteSource, _ header: PNMHeader, _ size: Int) throws(ImageError) {
    _ = try source.slice(header.dataOffset, size)
  }

  private static func textBits(
    _ source: ByteSource, _ header: PNMHeader, _ count: Int
  ) throws(ImageError) -> [UInt8] {
    try check(source, header, count)
    var text = PNMText(source, from: header.dataOffset)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    for _ in 0..<count { pixels.append(level(ofBit: try text.bit())) }
    return pixels
  }

  private static func textNumbers(
    _ source: ByteSource, _ header: PNMHeader, _ count: Int
  ) throws(ImageError) -> [UInt8] {
    // A digit each, and white space between them.
    try check(source, header, 2 * count - 1)
    var text = PNMText(source, from: header.dataOffset)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    for _ in 0..<count { pixels.append(level(try text.number(), header.maxValue)) }
    return pixels
  }

  /// Eight pixels a byte, the leftmost in the highest bit; rows begin at a byte.
  private static func bits(_ source: ByteSource, _ header: PNMHeader) throws(ImageError) -> [UInt8] {
    let rowSize = (header.width + 7) / 8
    let data = try source.slice(header.dataOffset, rowSize * header.height)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(header.width * header.height)
    for row in 0..<header.height {
      for column in 0..<header.width {
        let byte = data[row * rowSize + column / 8]
        pixels.append(level(ofBit: Int(byte >> UInt8(7 - column % 8) & 1)))
      }
    }
    return pixels
  }

  /// One byte a value, or two, the higher first, where full brightness is above 255.
  private static func numbers(
    _ source: ByteSource, _ header: PNMHeader, _ count: Int
  ) throws(ImageError) -> [UInt8] {
    let size = header.maxValue > 255 ? 2 : 1
    let data = try source.slice(header.dataOffset, count * size)
    if header.maxValue == 255 { return [UInt8](data) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    for index in 0..<count {
      let value = size == 1 ? Int(data[index]) : Int(data[2 * index]) << 8 | Int(data[2 * index + 1])
      pixels.append(level(value, header.maxValue))
    }
    return pixels
  }
}

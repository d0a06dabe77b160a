/// The headers of a Windows bitmap: "Bitmap Storage" and BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER,
/// BITMAPV5HEADER of the Windows documentation.
///
///     bytes 0–13  "BM", length of the file, 4 reserved bytes, where the pixels begin
///     then        a header that begins with its own length: 12 (OS/2 1), 40, 52, 56, 64 (OS/2 2), 108, 124
///     then        masks, where a header of 40 bytes has some; the palette; the pixels, by rows from the bottom
struct BMPHeader {
  enum Storage: Equatable {
    case plain, runLength8, runLength4
    case masks(red: UInt32, green: UInt32, blue: UInt32, opacity: UInt32)
  }
  let width: Int
  let height: Int
  /// Rows from the top: the height is stored negative.
  let isTopDown: Bool
  let bitsPerPixel: Int
  let storage: Storage
  let palette: Palette?
  let dataOffset: Int

  /// Where colors lie in the file.
  struct Palette: Equatable {
    let offset: Int
    let count: Int
    /// 3 or 4 bytes: blue, green, red and one of no meaning.
    let entrySize: Int
  }

  init(_ source: ByteSource) throws(ImageError) {
    dataOffset = try source.little(10, 4)
    let size = try source.little(14, 4)
    guard [12, 40, 52, 56, 64, 108, 124].contains(size) else {
      throw ImageError(.unsupported, "a header of \(size) bytes", at: 14)
    }
    let isOld = size == 12
    width = isOld ? try source.little(18, 2) : try source.signedLittle(18)
    let signedHeight = isOld ? try source.little(20, 2) : try source.signedLittle(22)
    height = abs(signedHeight)
    isTopDown = signedHeight < 0
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(signedHeight) pixels", at: 18)
    }
    bitsPerPixel = try source.little(isOld ? 24 : 28, 2)
    let compression = isOld ? 0 : try source.little(30, 4)
    storage = try Self.storage(source, compression, bitsPerPixel, size)
    guard bitsPerPixel <= 8 else {
      palette = nil
      return
    }
    let used = isOld ? 0 : try source.little(46, 4)
    let maxColors = 1 << bitsPerPixel
    palette = Palette(
      offset: 14 + size, count: used == 0 ? maxColors : min(used, maxColors), entrySize: isOld ? 3 : 4)
  }

  private static func storage(
    _ source: ByteSource, _ compression: Int, _ bits: Int, _ headerSize: Int
  ) throws(ImageError) -> Storage {
    switch (compression, bits) {
    case (0, 1), (0, 2), (0, 4), (0, 8), (0, 24): return .plain
    case (0, 16): return .masks(red: 0x7C00, green: 0x03E0, blue: 0x001F, opacity: 0)
    case (0, 32): return .masks(red: 0xFF_0000, green: 0xFF00, blue: 0xFF, opacity: 0)
    case (1, 8): return .runLength8
    case (2, 4): return .runLength4
    case (3, 16) where headerSize != 64, (3, 32) where headerSize != 64, (6, 16), (6, 32):
      // Behind a header of 40 bytes, within a longer one: the same place.
      let hasOpacity = compression == 6 || headerSize >= 56
      let masks = Storage.masks(
        red: UInt32(try source.little(54, 4)), green: UInt32(try source.little(58, 4)),
        blue: UInt32(try source.little(62, 4)), opacity: hasOpacity ? UInt32(try source.little(66, 4)) : 0)
      return masks
    default:
      throw ImageError(.unsupported, "\(bits) bits a pixel in compression \(compression)", at: 28)
    }
  }

  /// Bytes of a row, which ends at a multiple of four. No overflow: the width is a 32-bit number.
  var rowSize: Int { (width * bitsPerPixel + 31) / 32 * 4 }
}

/// The beginning of a GIF file: GIF89a specification, 17 (header), 18 (logical screen descriptor), 19 (global color
/// table).
struct GIFHeader {
  let width: Int
  let height: Int
  let background: Int
  let palette: GIFPalette?
  /// Where the blocks begin.
  let dataOffset: Int

  init(_ source: ByteSource) throws(ImageError) {
    width = try source.little(6, 2)
    height = try source.little(8, 2)
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(height) pixels", at: 6)
    }
    let flags = try source.byte(10)
    background = Int(try source.byte(11))
    palette = try GIFPalette(flags, source, at: 13)
    dataOffset = 13 + (palette?.byteCount ?? 0)
  }
}

/// A color table: red, green, blue. An index without an entry is black.
struct GIFPalette {
  private let colors: [UInt8]
  var byteCount: Int { colors.count }

  /// - Parameter flags: of a logical screen or an image descriptor; nil where these say that none follows.
  init?(_ flags: UInt8, _ source: ByteSource, at offset: Int) throws(ImageError) {
    guard flags & 0x80 != 0 else { return nil }
    colors = [UInt8](try source.slice(offset, 3 << (Int(flags & 7) + 1)))
  }

  subscript(index: Int, channel: Int) -> UInt8 {
    let entry = index * 3 + channel
    return entry < colors.count ? colors[entry] : 0
  }
}

/// Size and orientation out of a WebP file: RFC 9649, 2.3 to 2.7 (RIFF, simple and extended files), 3.4 (the header of
/// VP8L) and RFC 6386, 9.1 (that of VP8).
struct WebPChunks {
  let width: Int
  let height: Int
  let orientation: Orientation

  init(_ source: ByteSource) throws(ImageError) {
    if source.has("VP8 ", at: 12) {
      guard source.has([0x9D, 0x01, 0x2A], at: 23) else {
        throw ImageError(.damaged, "a key frame is expected", at: 20)
      }
      // Two bits of each are a hint for scaling.
      width = try source.little(26, 2) & 0x3FFF
      height = try source.little(28, 2) & 0x3FFF
    } else if source.has("VP8L", at: 12) {
      guard try source.byte(20) == 0x2F else { throw ImageError(.damaged, "no VP8L signature", at: 20) }
      let bits = try source.little(21, 4)
      width = (bits & 0x3FFF) + 1
      height = (bits >> 14 & 0x3FFF) + 1
    } else if source.has("VP8X", at: 12) {
      guard try source.byte(20) & 2 == 0 else {
        throw ImageError(.unsupported, "animated WebP is not read", at: 20)
      }
      width = (try source.little(24, 3)) + 1
      height = (try source.little(27, 3)) + 1
    } else {
      throw ImageError(.damaged, "VP8, VP8L or VP8X is expected", at: 12)
    }
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(height) pixels", at: 20)
    }
    orientation = Self.orientation(source)
  }

  private static func orientation(_ source: ByteSource) -> Orientation {
    var offset = 12
    // Each turn goes on by at least the eight bytes of an empty chunk.
    while let length = try? source.little(offset + 4, 4) {
      if source.has("EXIF", at: offset) {
        return (try? source.slice(offset + 8, length)).map(EXIF.orientation) ?? .upright
      }
      offset += 8 + length + length % 2
    }
    return .upright
  }
}

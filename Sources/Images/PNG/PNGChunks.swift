/// Size and orientation out of a PNG file: PNG 1.2, 4.1.1 (IHDR); the eXIf chunk, PNG extensions 1.5, 3.7. A file is a
/// signature and chunks: length, type, content, check sum.
struct PNGChunks {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  let width: Int
  let height: Int
  /// Bytes of a pixel of this color type: gray, gray and opacity, red-green-blue (also out of a palette), with opacity.
  let pixelSize: Int
  /// Bits of a pixel as it is stored.
  private let bits: Int
  let orientation: Orientation

  init(_ source: ByteSource) throws(ImageError) {
    guard try source.big(8, 4) == 13, source.has("IHDR", at: 12) else {
      throw ImageError(.damaged, "IHDR is expected first", at: 8)
    }
    width = try source.big(16, 4)
    height = try source.big(20, 4)
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(height) pixels", at: 16)
    }
    let depth = Int(try source.byte(24))
    switch try source.byte(25) {
    case 0: (pixelSize, bits) = (1, depth)
    case 2: (pixelSize, bits) = (3, 3 * depth)
    case 3: (pixelSize, bits) = (3, depth)
    case 4: (pixelSize, bits) = (2, 2 * depth)
    case 6: (pixelSize, bits) = (4, 4 * depth)
    default: throw ImageError(.damaged, "a color type that there is not", at: 25)
    }
    orientation = Self.orientation(source)
  }

  /// Whether a file of so many bytes can hold the pixels: Deflate (RFC 1951) makes of one byte 1,032 at most. So a few
  /// bytes do not make a decoder clear memory for a hundred million pixels that are not there.
  /// - Precondition: the size is within `ImageLimits`.
  func fit(fileBytes: Int) -> Bool { width * height * bits / 8 / 1_032 <= fileBytes }

  private static func orientation(_ source: ByteSource) -> Orientation {
    var offset = 33
    // Each turn goes on by at least the twelve bytes of an empty chunk.
    while let length = try? source.big(offset, 4), !source.has("IEND", at: offset + 4) {
      if source.has("eXIf", at: offset + 4) {
        return (try? source.slice(offset + 8, length)).map(EXIF.orientation) ?? .upright
      }
      offset += length + 12
    }
    return .upright
  }
}

/// What a JPEG file says before its entropy-coded data: ITU-T T.81, Annex B (markers and segments); Exif 2.32, 4.7.2
/// (APP1); Adobe Technical Note 5116, section 18 (APP14).
struct JPEGSegments {
  private(set) var width = 0
  private(set) var height = 0
  /// 1 gray, 3 colors, 4 inks.
  private(set) var components = 0
  private(set) var orientation = Orientation.upright
  /// Written by a program of Adobe's, which store cyan, magenta, yellow and black inverted.
  private(set) var isAdobe = false
  /// Where the first scan begins.
  private var firstScan = 0

  init(_ source: ByteSource) throws(ImageError) {
    var offset = 2
    while true {
      guard let marker = source.offset(of: 0xFF, from: offset) else {
        throw ImageError(.truncated, "no picture follows", at: source.count)
      }
      let code = try source.byte(marker + 1)
      switch code {
      case 0xFF: offset = marker + 1  // A fill byte.
      // Stuffed bytes, TEM, RSTn and SOI stand alone.
      case 0x00, 0x01, 0xD0...0xD8: offset = marker + 2
      case 0xD9: throw ImageError(.truncated, "the picture ends before it begins", at: marker)
      case 0xDA:
        guard width > 0 else { throw ImageError(.damaged, "a scan before the size", at: marker) }
        firstScan = marker
        return
      default:
        let length = try source.big(marker + 2, 2)
        guard length >= 2 else { throw ImageError(.damaged, "a segment of \(length) bytes", at: marker + 2) }
        try read(code, source, at: marker + 4, size: length - 2)
        offset = marker + 2 + length
      }
    }
  }

  private mutating func read(
    _ code: UInt8, _ source: ByteSource, at offset: Int, size: Int
  ) throws(ImageError) {
    switch code {
    // SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
    case 0xC0...0xCF where code != 0xC4 && code != 0xC8 && code != 0xCC:
      guard width == 0 else { throw ImageError(.damaged, "two sizes", at: offset) }
      height = try source.big(offset + 1, 2)
      width = try source.big(offset + 3, 2)
      components = Int(try source.byte(offset + 5))
      guard width > 0, height > 0 else {
        throw ImageError(.unsupported, "a picture of \(width) x \(height) pixels", at: offset)
      }
    case 0xE1 where size >= 6 && source.has([0x45, 0x78, 0x69, 0x66, 0, 0], at: offset):
      let found = EXIF.orientation(try source.slice(offset, min(size, source.count - offset)))
      if orientation == .upright { orientation = found }
    case 0xEE where size >= 12 && source.has("Adobe", at: offset): isAdobe = true
    default: break
    }
  }

  /// How often a scan could begin, and whether the picture ends: every pair of bytes that says so is counted, wherever
  /// it stands. Where a decoder recovers from damage by rules of its own, it finds no more scans than these.
  /// Entropy-coded data has none, as its FF are followed by 00.
  func scans(in source: ByteSource) -> (count: Int, haveEnd: Bool) {
    var (count, haveEnd) = (0, false)
    var offset = firstScan
    while let marker = source.offset(of: 0xFF, from: offset) {
      switch try? source.byte(marker + 1) {
      case 0xDA: count += 1
      case 0xD9: haveEnd = true
      default: break
      }
      offset = marker + 1
    }
    return (count, haveEnd)
  }
}

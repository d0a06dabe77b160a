/// What is read, told by the first bytes of a file and never by its name.
package enum ImageFormat: UInt8, Sendable, CaseIterable {
  case png = 1
  case jpeg, webp, bmp, pnm, gif

  package init?(_ bytes: UnsafeRawBufferPointer) {
    let source = ByteSource(bytes)
    if source.has(PNGChunks.signature) {
      self = .png
    } else if source.has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if source.has("RIFF"), source.has("WEBP", at: 8) {
      self = .webp
    } else if source.has("GIF87a") || source.has("GIF89a") {
      self = .gif
    } else if source.has("BM") {
      self = .bmp
    } else if PNMHeader.isMagic(source) {
      self = .pnm
    } else {
      return nil
    }
  }

  package var name: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .webp: "WebP"
    case .bmp: "BMP"
    case .pnm: "PNM"
    case .gif: "GIF"
    }
  }
}

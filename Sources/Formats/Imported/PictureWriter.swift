import Model

/// Gathers pictures that lie compressed in another format in one file without a name.
struct PictureWriter {
  private let scratch: ScratchFile
  private var parts: [EncodedPictures.Part]

  /// - Parameter rowsBefore: samples without a picture that come first.
  init(name: String, rowsBefore: Int) throws(FormatError) {
    scratch = try ScratchFile(name: name)
    parts = [EncodedPictures.Part](repeating: EncodedPictures.Part(), count: rowsBefore)
  }

  /// - Parameter picture: empty where a sample has none.
  mutating func append(_ picture: [UInt8]) throws(FormatError) {
    let start = scratch.count
    try scratch.write(picture)
    parts.append(EncodedPictures.Part(bytes: start..<scratch.count))
  }

  consuming func finish() throws(FormatError) -> EncodedPictures {
    EncodedPictures(parts: parts, of: [try scratch.mapped()])
  }
}

import Images

/// What a decoder answers to one picture: a head of fixed length, then the pixels or the text of the error.
enum WireReply {
  static let headSize = 64
  /// Longer texts are cut off.
  static let maxMessage = 500

  /// What a head announces.
  struct Head {
    let payload: Int
    fileprivate let isImage: Bool
    fileprivate let fields: [UInt32]
    /// Where the error lies in the file.
    fileprivate let offset: Int?
    fileprivate let scaling: ScalingTrace?
  }

  static func head(of image: DecodedImage) -> [UInt8] {
    var writer = WireWriter()
    writer.put(true)
    writer.put(image.pixels.count)
    for side in [image.width, image.height, image.channels, image.origin.width, image.origin.height] {
      writer.put(UInt32(side))
    }
    writer.put(UInt32(image.origin.format.rawValue))
    writer.put(UInt32((image.origin.isTranslucent ? 1 : 0) | (image.origin.isDamaged ? 2 : 0)))
    writer.put(0)
    writer.put(UInt32(0))
    let trace = image.scaling
    for value in [trace?.score, trace?.firstControl, trace?.secondControl] {
      writer.put((value ?? .nan).bitPattern)
    }
    return writer.bytes
  }

  static func encoded(_ error: ImageError) -> [UInt8] {
    let text = Array(error.message.utf8.prefix(maxMessage))
    var writer = WireWriter()
    writer.put(false)
    writer.put(text.count)
    writer.put(UInt32(error.kind.rawValue))
    for _ in 0..<6 { writer.put(UInt32(0)) }
    writer.put(error.byte ?? 0)
    writer.put(error.byte != nil)
    for _ in 0..<3 { writer.put(UInt32(0)) }
    return writer.bytes + text
  }

  /// Nothing of it is believed: a decoder may have been taken over by a picture.
  /// - Returns: nil where no decoder under `options` announces such a thing.
  static func head(_ bytes: ArraySlice<UInt8>, _ options: DecodeOptions) -> Head? {
    var reader = WireReader(bytes)
    let isImage = reader.flag()
    guard let payload = reader.size() else { return nil }
    let fields = (0..<7).map { _ in reader.number() }
    guard let offset = reader.size() else { return nil }
    let hasOffset = reader.flag()
    let values = (0..<3).map { _ in Float(bitPattern: reader.number()) }
    guard isImage else {
      guard payload <= maxMessage else { return nil }
      return Head(
        payload: payload, isImage: false, fields: fields, offset: hasOffset ? offset : nil, scaling: nil)
    }
    let sides = fields[0..<5].map { Int($0) }
    let range = 1...1 << 20
    guard range.contains(sides[0]), range.contains(sides[1]), sides[2] == 1 || sides[2] == 3,
      range.contains(sides[3]), range.contains(sides[4]), payload == sides[0] * sides[1] * sides[2]
    else { return nil }
    do { try options.limits.check(width: sides[3], height: sides[4]) } catch { return nil }
    let expected = options.target.map { [$0.width, $0.height] } ?? Array(sides[3...])
    guard Array(sides[0..<2]) == expected, options.target?.channels ?? sides[2] == sides[2] else {
      return nil
    }
    // Numbers are all that is taken of it; who has not been asked for a trace has none.
    let scaling =
      options.scaling != .none && values.allSatisfy(\.isFinite)
      ? ScalingTrace(score: values[0], firstControl: values[1], secondControl: values[2]) : nil
    return Head(payload: payload, isImage: true, fields: fields, offset: nil, scaling: scaling)
  }

  /// - Parameter payload: as many bytes as the head announced.
  static func result(_ head: Head, _ payload: ArraySlice<UInt8>) -> Result<DecodedImage, DecodeFailure> {
    let fields = head.fields
    guard head.isImage else {
      guard let kind = ImageError.Kind(rawValue: UInt8(truncatingIfNeeded: fields[0])) else {
        return .failure(.invalidReply)
      }
      // Printable only, whoever wrote it.
      let text = payload.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
      return .failure(.image(ImageError(kind, String(decoding: text, as: UTF8.self), at: head.offset)))
    }
    guard let format = ImageFormat(rawValue: UInt8(truncatingIfNeeded: fields[5])) else {
      return .failure(.invalidReply)
    }
    let origin = ImageOrigin(
      format: format, width: Int(fields[3]), height: Int(fields[4]), isTranslucent: fields[6] & 1 != 0,
      isDamaged: fields[6] & 2 != 0)
    var image = DecodedImage(
      width: Int(fields[0]), height: Int(fields[1]), channels: Int(fields[2]), pixels: [UInt8](payload),
      origin: origin)
    image.scaling = head.scaling
    return .success(image)
  }
}

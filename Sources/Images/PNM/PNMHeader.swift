/// The header of the "portable anymap" formats of Netpbm: pbm(5), pgm(5), ppm(5).
///
///     P1 to P3    bits, gray and colors as decimal numbers;  P4 to P6  as bytes
///     then        width, height and, but for bits, the value of full brightness, from 1 to 65535; white space or
///                 comments from # to the end of a line between them
///     then        one byte of white space (P4 to P6), and the pixels
struct PNMHeader {
  enum Samples { case bits, gray, colors }
  let samples: Samples
  var channels: Int { samples == .colors ? 3 : 1 }
  let isText: Bool
  let width: Int
  let height: Int
  /// The value of full brightness; 1 for bits.
  let maxValue: Int
  let dataOffset: Int

  static func isMagic(_ source: ByteSource) -> Bool {
    guard source.has("P"), let digit = try? source.byte(1), let next = try? source.byte(2) else {
      return false
    }
    return (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(digit)
      && (PNMText.isSpace(next) || next == UInt8(ascii: "#"))
  }

  init(_ source: ByteSource) throws(ImageError) {
    let kind = Int(try source.byte(1)) - 48
    samples = kind % 3 == 1 ? .bits : kind % 3 == 2 ? .gray : .colors
    isText = kind <= 3
    var text = PNMText(source, from: 2)
    width = try text.number()
    height = try text.number()
    maxValue = samples == .bits ? 1 : try text.number()
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(height) pixels", at: 2)
    }
    guard (1...65_535).contains(maxValue) else {
      throw ImageError(.damaged, "full brightness is \(maxValue)", at: text.offset)
    }
    // The one byte of white space behind the last number.
    guard PNMText.isSpace(try source.byte(text.offset)) else {
      throw ImageError(.damaged, "white space is expected", at: text.offset)
    }
    dataOffset = text.offset + 1
  }
}

/// Decimal numbers with white space and comments between them.
struct PNMText {
  private let source: ByteSource
  private(set) var offset: Int

  init(_ source: ByteSource, from offset: Int) {
    self.source = source
    self.offset = offset
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private mutating func skipSpaces() throws(ImageError) {
    while true {
      let byte = try source.byte(offset)
      if byte == UInt8(ascii: "#") {
        while try source.byte(offset) != 0x0A { offset += 1 }
      } else if !Self.isSpace(byte) {
        return
      }
      offset += 1
    }
  }

  /// The next number: at most nine digits, so that it fits everywhere.
  mutating func number() throws(ImageError) -> Int {
    try skipSpaces()
    let start = offset
    var value = 0
    while offset < source.count {
      let digit = Int(try source.byte(offset)) - 48
      guard (0...9).contains(digit) else { break }
      guard offset - start < 9 else { throw ImageError(.tooLarge, "a number of ten digits", at: start) }
      value = value * 10 + digit
      offset += 1
    }
    guard offset > start else { throw ImageError(.damaged, "a number is expected", at: start) }
    return value
  }

  /// The next 0 or 1, with or without white space before it.
  mutating func bit() throws(ImageError) -> Int {
    try skipSpaces()
    let digit = Int(try source.byte(offset)) - 48
    guard digit == 0 || digit == 1 else { throw ImageError(.damaged, "0 or 1 is expected", at: offset) }
    offset += 1
    return digit
  }
}

import Formats

/// Going over the bytes of the document.
extension TOMLReader {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar, _ message: String) throws(FormatError) {
    guard take(character) else { throw problem(message) }
  }

  /// Goes past spaces, tabs and comments; line ends too where they may stand.
  mutating func skipBlank(acrossLines: Bool = false) {
    while let next = peek {
      switch next {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x0A where acrossLines:
        position += 1
        line += 1
      case UInt8(ascii: "#") where acrossLines: skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() {
    while let next = peek, next != 0x0A { position += 1 }
  }

  mutating func endOfLine() throws(FormatError) {
    skipBlank()
    if peek == UInt8(ascii: "#") { skipComment() }
    guard peek == nil || peek == 0x0A else { throw problem("unexpected text after the value") }
  }

  func problem(_ message: String) -> FormatError { FormatError(file, at: "line \(line)", message) }
}

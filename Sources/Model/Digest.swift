/// A SHA-256 digest.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32
  package let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  package init?(bytes: some Sequence<UInt8>) {
    let bytes = [UInt8](bytes)
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Nil unless `hex` is 64 lower-case hexadecimal digits.
  package init?(hex: String) {
    let digits = [UInt8](hex.utf8)
    guard digits.count == 2 * Self.byteCount else { return nil }
    func value(_ c: UInt8) -> UInt8? {
      switch c {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): c - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): c - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
  package var description: String { hex }
}

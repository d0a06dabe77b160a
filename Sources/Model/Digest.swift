/// A SHA-256 digest.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32
  /// 64 zeros: what stands for the digest of nothing before the first link of a chain.
  package static let zero = Digest(0, 0, 0, 0)

  // Inline, because a journal holds one for every sample that was decided.
  private let first, second, third, fourth: UInt64

  private init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
  }

  /// Nil unless there are 32 bytes.
  package init?(bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in bytes {
      switch count / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      case 3: words.3 = words.3 << 8 | UInt64(byte)
      default: return nil
      }
      count += 1
    }
    guard count == Self.byteCount else { return nil }
    self.init(words.0, words.1, words.2, words.3)
  }

  /// Nil unless `hex` is 64 lower-case hexadecimal digits.
  package init?(hex: String) {
    var hex = hex
    guard let digest = hex.withUTF8({ Digest(hexDigits: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = digest
  }

  /// Nil unless the bytes are 64 lower-case hexadecimal digits.
  package init?(hexDigits digits: UnsafeRawBufferPointer) {
    guard digits.count == 2 * Self.byteCount else { return nil }
    var isHexadecimal = true
    func word(_ index: Int) -> UInt64 {
      var value: UInt64 = 0
      for digit in digits[16 * index..<16 * (index + 1)] {
        let isDigit = digit &- UInt8(ascii: "0") < 10
        isHexadecimal = isHexadecimal && (isDigit || digit &- UInt8(ascii: "a") < 6)
        value = value << 4 | UInt64(digit & 15) + (isDigit ? 0 : 9)
      }
      return value
    }
    self.init(word(0), word(1), word(2), word(3))
    guard isHexadecimal else { return nil }
  }

  package var bytes: [UInt8] {
    [first, second, third, fourth].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  /// The first eight bytes, big-endian: enough to look for a digest among many.
  package var prefix: UInt64 { first }

  package var hex: String {
    String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
      for (index, word) in [first, second, third, fourth].enumerated() {
        for digit in 0..<16 {
          let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * digit)) & 15
          buffer[16 * index + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
      }
      return 2 * Self.byteCount
    }
  }
  package var description: String { hex }
}

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

  /// - Parameter words: its bytes, big-endian.
  init(words: (UInt64, UInt64, UInt64, UInt64)) { self.init(words.0, words.1, words.2, words.3) }

  /// Nil unless there are 32 bytes.
  package init?(bytes: some Sequence<UInt8>) {
    guard let digest = [UInt8](bytes).withUnsafeBytes({ Digest(rawBytes: $0) }) else { return nil }
    self = digest
  }

  /// Nil unless there are 32 bytes.
  package init?(rawBytes bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    self.init(word(0), word(1), word(2), word(3))
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
    guard let first = Self.word(digits, 0), let second = Self.word(digits, 16),
      let third = Self.word(digits, 32), let fourth = Self.word(digits, 48)
    else { return nil }
    self.init(first, second, third, fourth)
  }

  /// 16 digits from `start` on; nil where one is none.
  private static func word(_ digits: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    guard let high = half(digits, start), let low = half(digits, start + 8) else { return nil }
    return high << 32 | low
  }

  /// Eight digits at once, a byte each: journals hold millions of digests.
  private static func half(_ digits: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    func every(_ byte: UInt64) -> UInt64 { 0x0101_0101_0101_0101 * byte }
    let text = UInt64(bigEndian: digits.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let value = (text & every(0x0F)) &+ (text >> 6 & every(1)) &* 9
    // What the values would be written as must be what stands there.
    let isLetter = (value &+ every(6)) >> 4 & every(1)
    guard value & every(0xF0) == 0,
      value &+ every(UInt64(UInt8(ascii: "0"))) &+ isLetter &* 39 == text
    else { return nil }
    let bytes = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    let pairs = (bytes | bytes >> 8) & 0x0000_FFFF_0000_FFFF
    return (pairs | pairs >> 16) & 0xFFFF_FFFF
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
      for (place, word) in [first, second, third, fourth].enumerated() {
        UnsafeMutableRawBufferPointer(buffer).storeBytes(
          of: Self.hexDigits(of: word), toByteOffset: 16 * place, as: SIMD2<UInt64>.self)
      }
      return 2 * Self.byteCount
    }
  }

  /// The 16 lower-case hexadecimal digits of a word in the order of the bytes, the first digit first.
  package static func hexDigits(of word: UInt64) -> SIMD2<UInt64> {
    SIMD2(hexDigits(ofHalf: word >> 32), hexDigits(ofHalf: word & 0xFFFF_FFFF))
  }

  /// Eight digits at once, as `half` reads them.
  private static func hexDigits(ofHalf half: UInt64) -> UInt64 {
    func every(_ byte: UInt64) -> UInt64 { 0x0101_0101_0101_0101 * byte }
    let pairs = (half | half << 16) & 0x0000_FFFF_0000_FFFF
    let bytes = (pairs | pairs << 8) & 0x00FF_00FF_00FF_00FF
    let values = (bytes | bytes << 4) & every(0x0F)
    let isLetter = (values + every(6)) >> 4 & every(1)
    return (values + every(UInt64(UInt8(ascii: "0"))) + isLetter * 39).bigEndian
  }

  package var description: String { hex }
}

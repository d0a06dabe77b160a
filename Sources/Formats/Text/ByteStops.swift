/// Up to four bytes that end a run of others, looked for eight bytes at a time in one word (SWAR: the lowest byte of a word
/// that is zero is told by a subtraction; Mycroft, 1987). Little-endian hosts, as everywhere.
struct ByteStops: Sendable {
  private let first, second, third, fourth: UInt64

  /// Fewer than four stand for each other.
  init(_ first: UInt8, _ second: UInt8? = nil, _ third: UInt8? = nil, _ fourth: UInt8? = nil) {
    self.first = Self.every(first)
    self.second = Self.every(second ?? first)
    self.third = Self.every(third ?? first)
    self.fourth = Self.every(fourth ?? first)
  }

  /// Where the first of them stands from `start` on, before `end`; `end` where none does.
  @inline(__always)
  func next(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    var position = start
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let found =
        Self.zeros(word ^ first) | Self.zeros(word ^ second) | Self.zeros(word ^ third)
        | Self.zeros(word ^ fourth)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end {
      let word = Self.every(bytes[position])
      if word == first || word == second || word == third || word == fourth { return position }
      position += 1
    }
    return end
  }

  /// The same of the first two.
  @inline(__always)
  func nextOfTwo(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
    var position = start
    while position + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let found = Self.zeros(word ^ first) | Self.zeros(word ^ second)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end, Self.every(bytes[position]) != first, Self.every(bytes[position]) != second {
      position += 1
    }
    return position
  }

  /// Where in the 64 bytes from `start` on the first two stand, a bit a byte from the lowest on: what stands close together is
  /// found without waiting for what stood before it.
  @inline(__always)
  func maskOfTwo(in bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    var mask: UInt64 = 0
    for part in 0..<8 {
      let word = bytes.loadUnaligned(fromByteOffset: start + 8 * part, as: UInt64.self)
      let found = Self.exactZeros(word ^ first) | Self.exactZeros(word ^ second)
      // The high bits of the eight bytes side by side.
      let bits = (found &* 0x0002_0408_1020_4081) >> 56
      mask |= bits &<< UInt64(8 * part)
    }
    return mask
  }

  /// The high bit of each byte that is zero, and of no other.
  @inline(__always)
  private static func exactZeros(_ word: UInt64) -> UInt64 {
    ~((word & every(0x7F)) &+ every(0x7F) | word | every(0x7F))
  }

  @inline(__always)
  static func every(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// The high bit of each byte that is zero; above the lowest one also of bytes that are not.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- every(1)) & ~word & every(0x80) }

  /// The same of bytes below `limit`, at most 0x80.
  @inline(__always)
  static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 { (word &- every(limit)) & ~word & every(0x80) }
}

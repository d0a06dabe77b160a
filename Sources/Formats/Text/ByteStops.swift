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

  @inline(__always)
  static func every(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// The high bit of each byte that is zero; above the lowest one also of bytes that are not.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- every(1)) & ~word & every(0x80) }

  /// The same of bytes below `limit`, at most 0x80.
  @inline(__always)
  static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 { (word &- every(limit)) & ~word & every(0x80) }
}

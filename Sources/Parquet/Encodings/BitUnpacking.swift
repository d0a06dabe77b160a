/// Unpacks `count` values of `width` bits from the least significant bit on (Encodings.md, "RLE/Bit-Packing Hybrid").
///
/// Bounds are checked once: returns false, and calls nothing, where `source` is too short.
@inline(__always)
func unpackBits(
  _ source: UnsafeRawBufferPointer, width: Int, count: Int, _ body: (Int, UInt64) -> Void
) -> Bool {
  guard width > 0 else {
    for index in 0..<count { body(index, 0) }
    return true
  }
  guard width <= 64, let base = source.baseAddress else { return count == 0 }
  let (bits, overflow) = width.multipliedReportingOverflow(by: count)
  guard !overflow, (bits + 7) / 8 <= source.count else { return false }
  let mask = UInt64.max >> UInt64(64 - width)
  // A value begins within the first byte of the eight that are loaded; wider ones reach into a ninth.
  let reach = width <= 57 ? 8 : 9
  let wholeEnd = source.count < reach ? 0 : min(count, (source.count - reach) * 8 / width + 1)
  var bit = 0
  if width <= 57 {
    for index in 0..<wholeEnd {
      let word = base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
      body(index, (word >> UInt64(bit & 7)) & mask)
      bit += width
    }
  } else {
    for index in 0..<wholeEnd {
      let shift = UInt64(bit & 7)
      let word = base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
      let above = UInt64(base.load(fromByteOffset: bit >> 3 + 8, as: UInt8.self))
      body(index, ((word >> shift) | (above << (64 - shift))) & mask)
      bit += width
    }
  }
  for index in wholeEnd..<count {
    var value: UInt64 = 0
    var got = 0
    while got < width {
      let byte = UInt64(base.load(fromByteOffset: (bit + got) >> 3, as: UInt8.self))
      let shift = (bit + got) & 7
      value |= (byte >> UInt64(shift)) << UInt64(got)
      got += 8 - shift
    }
    body(index, value & mask)
    bit += width
  }
  return true
}

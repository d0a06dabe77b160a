/// Writes the hybrid of runs and bit-packed groups that `RunReader` reads.
enum RunEncoder {
  static func encode<Element: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafeBufferPointer<Element>, width: Int, into target: inout [UInt8]
  ) {
    guard width > 0 else { return }
    var position = 0
    var literals = 0
    // At the beginning of each group of 8: a run where at least 8 are alike, packed otherwise.
    while position < values.count {
      var end = position + 1
      while end < values.count, values[end] == values[position] { end += 1 }
      if end - position >= 8 {
        packed(values[literals..<position], width, &target)
        varint(UInt64(end - position) << 1, &target)
        let value = UInt64(values[position])
        for byte in 0..<(width + 7) / 8 {
          target.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)))
        }
        position = end
        literals = end
      } else {
        position = min(values.count, position + 8)
      }
    }
    packed(values[literals..<values.count], width, &target)
  }

  private static func packed<Element: FixedWidthInteger & UnsignedInteger>(
    _ values: Slice<UnsafeBufferPointer<Element>>, _ width: Int, _ target: inout [UInt8]
  ) {
    guard !values.isEmpty else { return }
    let groups = (values.count + 7) / 8
    varint(UInt64(groups) << 1 | 1, &target)
    var packer = BitPacker()
    for value in values { packer.append(UInt64(value), width: width, to: &target) }
    for _ in values.count..<groups * 8 { packer.append(0, width: width, to: &target) }
    packer.finish(&target)
  }

  static func varint(_ value: UInt64, _ target: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      target.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    target.append(UInt8(truncatingIfNeeded: value))
  }

  static func zigzag(_ value: Int64, _ target: inout [UInt8]) {
    varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)), &target)
  }
}

/// Packs values from the least significant bit on.
struct BitPacker {
  private var bits: UInt64 = 0
  private var count = 0

  /// - Parameter value: of at most `width` bits, of which there are at most 64.
  mutating func append(_ value: UInt64, width: Int, to target: inout [UInt8]) {
    var value = value
    var left = width
    while left > 0 {
      let taken = min(left, 8 - count)
      bits |= (value & (1 << UInt64(taken) - 1)) << UInt64(count)
      count += taken
      left -= taken
      value >>= UInt64(taken)
      if count == 8 {
        target.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
        count = 0
      }
    }
  }

  mutating func finish(_ target: inout [UInt8]) {
    if count > 0 { target.append(UInt8(truncatingIfNeeded: bits)) }
    bits = 0
    count = 0
  }
}

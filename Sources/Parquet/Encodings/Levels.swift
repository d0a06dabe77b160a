import Values

/// Levels of definition and repetition.
enum Levels {
  /// How many bits a level takes.
  static func width(_ maxLevel: Int) -> Int { Int.bitWidth - maxLevel.leadingZeroBitCount }

  /// Writes `count` levels, each at most `most`, to `target`.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, maxLevel: Int, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) throws(ColumnarError) {
    var runs = try RunReader(bytes, width: width(maxLevel))
    var done = 0
    var largest: UInt64 = 0
    while done < count {
      switch try runs.next(count - done) {
      case .repeated(let value, let length):
        largest = max(largest, value)
        (target + done).update(repeating: UInt8(truncatingIfNeeded: value), count: length)
        done += length
      case .packed(let packed, let length):
        let start = target + done
        guard
          unpackBits(
            packed, width: width(maxLevel), count: length,
            { index, value in
              start[index] = UInt8(truncatingIfNeeded: value)
              largest = max(largest, value)
            })
        else { throw ByteReader.cutOff }
        done += length
      }
    }
    guard largest <= UInt64(maxLevel) else {
      throw ColumnarError(.malformed, "a level of \(largest) where the schema has \(maxLevel)")
    }
  }

  /// Whether all levels are just `most`, told from the first run alone; false where that would take more.
  static func areAll(_ maxLevel: Int, _ bytes: UnsafeRawBufferPointer, count: Int) -> Bool {
    guard var runs = try? RunReader(bytes, width: width(maxLevel)), let run = try? runs.next(count),
      case .repeated(let value, let length) = run
    else { return false }
    return value == UInt64(maxLevel) && length == count
  }

  /// The deprecated BIT_PACKED form: from the most significant bit on, without runs (Encodings.md, "Bit-packed
  /// (Deprecated)").
  static func decodeBitPacked(
    _ bytes: UnsafeRawBufferPointer, maxLevel: Int, count: Int, into target: UnsafeMutablePointer<UInt8>
  ) throws(ColumnarError) {
    let width = width(maxLevel)
    guard let size = bitPackedSize(maxLevel: maxLevel, count: count), size <= bytes.count else {
      throw ByteReader.cutOff
    }
    for index in 0..<count {
      var value = 0
      for bit in index * width..<(index + 1) * width {
        value = value << 1 | Int(bytes[bit >> 3] >> UInt8(7 - bit & 7)) & 1
      }
      guard value <= maxLevel else {
        throw ColumnarError(.malformed, "a level of \(value) where the schema has \(maxLevel)")
      }
      target[index] = UInt8(value)
    }
  }

  static func bitPackedSize(maxLevel: Int, count: Int) -> Int? {
    let (bits, overflow) = count.multipliedReportingOverflow(by: width(maxLevel))
    return overflow ? nil : bits / 8 + (bits % 8 == 0 ? 0 : 1)
  }
}

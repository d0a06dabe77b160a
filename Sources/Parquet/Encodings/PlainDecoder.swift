import Values

/// PLAIN (Encodings.md): values as they are, truth values as bits, byte strings with their length before them.
enum PlainDecoder {
  static func decode(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    guard count > 0 else { return }
    switch store.physical {
    case .boolean: try decodeBits(bytes, count: count, into: store)
    case .byteArray: try decodeStrings(bytes, count: count, into: store)
    default:
      let (size, overflow) = count.multipliedReportingOverflow(by: store.width)
      guard !overflow, size <= bytes.count, let source = bytes.baseAddress else { throw ByteReader.cutOff }
      try store.grow(by: count).copyMemory(from: source, byteCount: size)
    }
  }

  private static func decodeBits(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    guard count / 8 + (count % 8 == 0 ? 0 : 1) <= bytes.count else { throw ByteReader.cutOff }
    let target = try store.grow(by: count).bindMemory(to: UInt8.self, capacity: count)
    guard unpackBits(bytes, width: 1, count: count, { target[$0] = UInt8(truncatingIfNeeded: $1) }) else {
      throw ByteReader.cutOff
    }
  }

  private static func decodeStrings(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    // Each takes four bytes at least, which also bounds what is allocated for the ends.
    guard let base = bytes.baseAddress, count <= bytes.count / 4 else { throw ByteReader.cutOff }
    let before = store.data.count
    let target = try store.data.grow(by: bytes.count - 4 * count, store.budget)
    let ends = try store.growStrings(by: count)
    var position = 0
    var written = 0
    for index in 0..<count {
      guard bytes.count - position >= 4 else { throw ByteReader.cutOff }
      let length = Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      position += 4
      // What is left of the target is never less than what is left of the page without the lengths to come.
      guard length <= bytes.count - position - 4 * (count - index - 1) else { throw ByteReader.cutOff }
      (target + written).copyMemory(from: base + position, byteCount: length)
      position += length
      written += length
      ends[index] = UInt64(before + written)
    }
    store.data.shrink(to: before + written, store.budget)
  }
}

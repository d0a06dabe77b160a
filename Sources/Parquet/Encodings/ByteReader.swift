import Values

/// A cursor over the body of a page. Every read is checked.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

  mutating func byte() throws(ColumnarError) -> UInt8 {
    guard position < bytes.count else { throw Self.cutOff }
    defer { position += 1 }
    return bytes[position]
  }

  /// 4 bytes, little-endian.
  mutating func length() throws(ColumnarError) -> Int {
    guard bytes.count - position >= 4 else { throw Self.cutOff }
    defer { position += 4 }
    return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
  }

  /// ULEB128, at most 64 bits.
  mutating func varint() throws(ColumnarError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw ColumnarError(.malformed, "a number exceeds 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }

  mutating func zigzag() throws(ColumnarError) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func take(_ count: Int) throws(ColumnarError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw Self.cutOff }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  static let cutOff = ColumnarError(.malformed, "the page is cut off")
}

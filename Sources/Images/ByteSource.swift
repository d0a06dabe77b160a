import Glibc

/// Bytes of a file, read at places that the file itself names: every access is checked, also in optimised code, where
/// the subscript of an unsafe buffer is not.
struct ByteSource {
  private let bytes: UnsafeRawBufferPointer
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  private func check(_ offset: Int, _ size: Int) throws(ImageError) {
    guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset else {
      throw ImageError(.truncated, "the file ends too early", at: bytes.count)
    }
  }

  func byte(_ offset: Int) throws(ImageError) -> UInt8 {
    try check(offset, 1)
    return bytes[offset]
  }

  /// `size` bytes as an unsigned number, the lowest first.
  func little(_ offset: Int, _ size: Int) throws(ImageError) -> Int {
    try check(offset, size)
    return (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  /// `size` bytes as an unsigned number, the highest first.
  func big(_ offset: Int, _ size: Int) throws(ImageError) -> Int {
    try check(offset, size)
    return (0..<size).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
  }

  /// Four bytes as a signed number, the lowest first.
  func signedLittle(_ offset: Int) throws(ImageError) -> Int {
    Int(Int32(truncatingIfNeeded: try little(offset, 4)))
  }

  func slice(_ offset: Int, _ size: Int) throws(ImageError) -> UnsafeRawBufferPointer {
    try check(offset, size)
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])
  }

  /// Whether these bytes stand at `offset`.
  func has(_ text: StaticString, at offset: Int = 0) -> Bool {
    let size = text.utf8CodeUnitCount
    guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else { return false }
    return bytes[offset..<offset + size].elementsEqual(
      UnsafeBufferPointer(start: text.utf8Start, count: size))
  }

  /// Whether these bytes stand at `offset`.
  func has(_ wanted: [UInt8], at offset: Int = 0) -> Bool {
    guard offset >= 0, offset <= bytes.count, wanted.count <= bytes.count - offset else { return false }
    return bytes[offset..<offset + wanted.count].elementsEqual(wanted)
  }

  /// The next place of `value` from `offset` on.
  func offset(of value: UInt8, from offset: Int) -> Int? {
    guard let base = bytes.baseAddress, offset >= 0, offset < bytes.count,
      let found = memchr(base + offset, Int32(value), bytes.count - offset)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}

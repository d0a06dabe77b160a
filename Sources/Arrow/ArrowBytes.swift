/// Bytes in place and what keeps them alive. Every access is checked in every build: one outside ends the program rather
/// than reading what lies there.
struct ArrowBytes: @unchecked Sendable {
  // Unchecked: the bytes are never written.
  let raw: UnsafeRawBufferPointer
  private let owner: AnyObject?

  static let none = ArrowBytes(UnsafeRawBufferPointer(start: nil, count: 0), owner: nil)

  init(_ raw: UnsafeRawBufferPointer, owner: AnyObject?) {
    self.raw = raw
    self.owner = owner
  }

  /// Bytes of its own.
  init(_ bytes: [UInt8]) {
    let held = HeldBytes(bytes)
    self.init(UnsafeRawBufferPointer(held.buffer), owner: held)
  }

  var count: Int { raw.count }

  subscript(range: Range<Int>) -> ArrowBytes {
    precondition(range.lowerBound >= 0 && range.upperBound <= raw.count)
    return ArrowBytes(UnsafeRawBufferPointer(rebasing: raw[range]), owner: owner)
  }

  /// The number that begins at a byte, in the byte order of the format.
  func load<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    precondition(offset >= 0 && offset <= raw.count - MemoryLayout<Number>.size)
    return Number(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// The bit of this number, counted from the lowest of the first byte.
  func bit(_ index: Int) -> Bool { load(UInt8.self, at: index >> 3) >> UInt8(index & 7) & 1 == 1 }

  func append(_ range: Range<Int>, to target: inout [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= raw.count)
    target.append(contentsOf: raw[range])
  }

  func array(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= raw.count)
    return [UInt8](raw[range])
  }
}

private final class HeldBytes {
  let buffer: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8]) {
    buffer = .allocate(byteCount: bytes.count, alignment: 16)
    buffer.copyBytes(from: bytes)
  }

  deinit { buffer.deallocate() }
}

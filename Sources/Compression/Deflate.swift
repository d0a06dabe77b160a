/// A stream of RFC 1951 by itself, as ZIP archives hold it.
package enum Deflate {
  private static let chunkSize = 256 << 10

  /// Hands what comes out of `bytes` to `take`, in order.
  /// - Parameters:
  ///   - size: of what must come out.
  ///   - take: returns whether to go on.
  /// - Throws: `CompressionError` for a stream that is cut off, is followed by other bytes, is damaged, or holds more or
  ///   less than `size`.
  package static func inflate(
    _ bytes: UnsafeRawBufferPointer, size: Int, _ take: (UnsafeRawBufferPointer) -> Bool
  ) throws(CompressionError) {
    let decoder = try GzipDecoder(windowBits: -15)
    let buffer = ChunkBuffer(byteCount: chunkSize)
    var (position, total) = (0, 0)
    while true {
      let step = try decoder.step(UnsafeRawBufferPointer(rebasing: bytes[position...]), buffer.bytes)
      position += step.consumed
      total += step.produced
      guard total <= size else {
        throw CompressionError(.outputLimit, "deflate: holds more than \(size) bytes")
      }
      if step.produced > 0, !take(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<step.produced])) {
        throw CompressionError(.cancelled, "deflate: stopped")
      }
      if step.isAtEnd { break }
      guard step.consumed > 0 || step.produced > 0 else {
        throw CompressionError(.truncated, "deflate: cut off at byte \(position)")
      }
    }
    guard total == size else {
      throw CompressionError(.corrupt, "deflate: holds \(total) bytes, not \(size)")
    }
    guard position == bytes.count else {
      throw CompressionError(.trailingBytes, "deflate: other bytes follow at byte \(position)")
    }
  }
}

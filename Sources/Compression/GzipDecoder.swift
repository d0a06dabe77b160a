import CZlib

/// Members of gzip (RFC 1952); zlib checks their CRC-32 and length.
final class GzipDecoder: StreamDecoder {
  // At an address of its own: zlib refuses a stream that has moved.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter acceptsZlib: also takes what has the header of RFC 1950, as pages of Parquet sometimes do.
  convenience init(acceptsZlib: Bool = false) throws(CompressionError) {
    try self.init(windowBits: acceptsZlib ? 15 + 32 : 15 + 16)
  }

  /// - Parameter windowBits: as `inflateInit2` of zlib takes them; below zero for a stream without a header.
  init(windowBits: Int32) throws(CompressionError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard foretaste_inflate_init(stream, windowBits) == Z_OK else {
      throw CompressionError(.memoryLimit, "gzip: no memory to begin")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> DecoderStep
  {
    let given = min(input.count, Int(UInt32.max))
    let room = min(output.count, Int(UInt32.max))
    // zlib's prototype lacks a const; it does not write to its input.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    let status = inflate(stream, Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw CompressionError(
        .corrupt, "gzip: \(stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)")")
    }
    return DecoderStep(
      consumed: given - Int(stream.pointee.avail_in), produced: room - Int(stream.pointee.avail_out),
      isAtEnd: status == Z_STREAM_END)
  }

  func restart() throws(CompressionError) {
    guard inflateReset(stream) == Z_OK else { throw CompressionError(.corrupt, "gzip: cannot begin again") }
  }
}

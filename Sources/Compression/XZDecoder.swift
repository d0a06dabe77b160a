import CLZMA

/// Streams of .xz, with their integrity checks.
final class XZDecoder: StreamDecoder {
  private let stream: UnsafeMutablePointer<lzma_stream>

  private let memoryLimit: UInt64

  init(memoryLimit: Int) throws(CompressionError) {
    self.memoryLimit = UInt64(max(1, memoryLimit))
    stream = .allocate(capacity: 1)
    stream.initialize(to: foretaste_lzma_stream())
    try restart()
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> DecoderStep
  {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = output.count
    // All that there is was given, so that the end of the input is the end of the file.
    let status = lzma_code(stream, LZMA_FINISH)
    switch status {
    case LZMA_OK, LZMA_STREAM_END: break
    case LZMA_BUF_ERROR: break
    case LZMA_MEMLIMIT_ERROR, LZMA_MEM_ERROR:
      throw CompressionError(.memoryLimit, "xz: the stream asks for too much memory")
    case LZMA_FORMAT_ERROR: throw CompressionError(.corrupt, "xz: not a stream of xz")
    case LZMA_OPTIONS_ERROR: throw CompressionError(.unsupported, "xz: options that are not supported")
    default: throw CompressionError(.corrupt, "xz: corrupt data")
    }
    return DecoderStep(
      consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
      isAtEnd: status == LZMA_STREAM_END)
  }

  func restart() throws(CompressionError) {
    guard lzma_stream_decoder(stream, memoryLimit, 0) == LZMA_OK else {
      throw CompressionError(.memoryLimit, "xz: no memory to begin")
    }
  }
}

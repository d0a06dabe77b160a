import CZstd

/// Frames of Zstandard (RFC 8878); the library checks their checksum where they have one.
final class ZstdDecoder: StreamDecoder {
  private let context: OpaquePointer

  init(memoryLimit: Int) throws(CompressionError) {
    guard let context = ZSTD_createDCtx() else {
      throw CompressionError(.memoryLimit, "zstd: no memory to begin")
    }
    self.context = context
    // The window is what a frame makes the reader allocate (RFC 8878, section 3.1.1.1.2).
    let log = max(10, min(31, Int.bitWidth - 1 - max(1, memoryLimit).leadingZeroBitCount))
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Int32(log))
  }

  deinit { ZSTD_freeDCtx(context) }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> DecoderStep
  {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = ZSTD_decompressStream(context, &target, &source)
    if ZSTD_isError(status) != 0 {
      let reason = String(cString: ZSTD_getErrorName(status))
      if ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge {
        throw CompressionError(.memoryLimit, "zstd: \(reason)")
      }
      throw CompressionError(.corrupt, "zstd: \(reason)")
    }
    return DecoderStep(consumed: source.pos, produced: target.pos, isAtEnd: status == 0)
  }

  func restart() throws(CompressionError) {
    // The library goes on by itself with the next frame.
  }
}

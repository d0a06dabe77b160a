import CLZMA
import CZlib
import CZstd

/// What one call of an encoder did.
struct EncoderStep {
  let consumed: Int
  let produced: Int
  /// After the last input: whether all of it has been written.
  let isFinished: Bool
}

/// One of the three libraries behind the same door.
protocol StreamEncoder: AnyObject {
  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool)
    throws(CompressionError) -> EncoderStep
}

/// One member of gzip.
final class GzipEncoder: StreamEncoder {
  private let stream: UnsafeMutablePointer<z_stream>

  init(level: Int32) throws(CompressionError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard foretaste_deflate_init(stream, level, 15 + 16) == Z_OK else {
      throw CompressionError(.memoryLimit, "gzip: no memory to begin")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool)
    throws(CompressionError) -> EncoderStep
  {
    let given = min(input.count, Int(UInt32.max))
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let status = deflate(stream, isLast && given == input.count ? Z_FINISH : Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw CompressionError(.corrupt, "gzip: error \(status)")
    }
    return EncoderStep(
      consumed: given - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
      isFinished: status == Z_STREAM_END)
  }
}

/// One frame of Zstandard, with a checksum.
final class ZstdEncoder: StreamEncoder {
  private let context: OpaquePointer

  init(level: Int32) throws(CompressionError) {
    guard let context = ZSTD_createCCtx() else {
      throw CompressionError(.memoryLimit, "zstd: no memory to begin")
    }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool)
    throws(CompressionError) -> EncoderStep
  {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = ZSTD_compressStream2(context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
    guard ZSTD_isError(left) == 0 else {
      throw CompressionError(.corrupt, "zstd: \(String(cString: ZSTD_getErrorName(left)))")
    }
    return EncoderStep(consumed: source.pos, produced: target.pos, isFinished: isLast && left == 0)
  }
}

/// One stream of .xz with CRC-64.
final class XZEncoder: StreamEncoder {
  private let stream: UnsafeMutablePointer<lzma_stream>

  init(level: UInt32) throws(CompressionError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: foretaste_lzma_stream())
    guard lzma_easy_encoder(stream, level, LZMA_CHECK_CRC64) == LZMA_OK else {
      throw CompressionError(.memoryLimit, "xz: no memory to begin")
    }
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, isLast: Bool)
    throws(CompressionError) -> EncoderStep
  {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = output.count
    let status = lzma_code(stream, isLast ? LZMA_FINISH : LZMA_RUN)
    guard status == LZMA_OK || status == LZMA_STREAM_END || status == LZMA_BUF_ERROR else {
      throw CompressionError(.corrupt, "xz: error \(status.rawValue)")
    }
    return EncoderStep(
      consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
      isFinished: status == LZMA_STREAM_END)
  }
}

import CBrotli
import CLZ4
import CSnappy
import CZstd

extension PageCodec {
  /// The codec that stands in for this one in files that are written: nothing new is written in the deprecated LZ4.
  package var writable: PageCodec { self == .lz4 ? .lz4Raw : self }

  /// A page body that `decompress` turns into `input` again.
  /// - Throws: `CompressionError` where a library has no memory, or for a page that its interface cannot hold.
  package func compress(_ input: UnsafeRawBufferPointer) throws(CompressionError) -> [UInt8] {
    switch self {
    case .uncompressed: return [UInt8](input)
    case .snappy:
      return try fill(capacity: snappy_max_compressed_length(input.count)) { target in
        var size = target.count
        let status = snappy_compress(
          input.assumingMemoryBound(to: CChar.self).baseAddress, input.count,
          target.assumingMemoryBound(to: CChar.self).baseAddress, &size)
        return status == SNAPPY_OK ? size : nil
      }
    case .gzip:
      let compressor = try Compressor(.gzip)
      var bytes = try compressor.append(input)
      bytes += try compressor.finish()
      return bytes
    case .brotli:
      return try fill(capacity: BrotliEncoderMaxCompressedSize(input.count)) { target in
        var size = target.count
        let status = BrotliEncoderCompress(
          5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, input.count,
          input.assumingMemoryBound(to: UInt8.self).baseAddress, &size,
          target.assumingMemoryBound(to: UInt8.self).baseAddress)
        return status == 0 ? nil : size
      }
    case .zstd:
      return try fill(capacity: ZSTD_compressBound(input.count)) { target in
        let size = ZSTD_compress(target.baseAddress, target.count, input.baseAddress, input.count, 3)
        return ZSTD_isError(size) == 0 ? size : nil
      }
    case .lz4, .lz4Raw:
      guard self == .lz4Raw else { throw CompressionError(.unsupported, "LZ4: written as LZ4_RAW only") }
      guard let source = Int32(exactly: input.count), source <= LZ4_MAX_INPUT_SIZE else {
        throw CompressionError(.outputLimit, "\(name): a page of \(input.count) bytes is too large")
      }
      return try fill(capacity: Int(LZ4_compressBound(source))) { target in
        let size = LZ4_compress_default(
          input.assumingMemoryBound(to: CChar.self).baseAddress,
          target.assumingMemoryBound(to: CChar.self).baseAddress, source, Int32(target.count))
        return size > 0 ? Int(size) : nil
      }
    }
  }

  private func fill(capacity: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int?)
    throws(CompressionError) -> [UInt8]
  {
    let buffer = ChunkBuffer(byteCount: max(16, capacity))
    guard let size = body(buffer.bytes), size <= buffer.bytes.count else {
      throw CompressionError(.memoryLimit, "\(name): cannot compress a page")
    }
    return [UInt8](buffer.bytes[..<size])
  }
}

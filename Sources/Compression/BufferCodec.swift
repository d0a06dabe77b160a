import CLZ4
import CZstd

/// The codecs of buffers in Arrow IPC messages, by their numbers in `CompressionType` of Message.fbs.
package enum BufferCodec: Int8, Sendable, CaseIterable {
  /// The frame of the LZ4 library, not its bare blocks.
  case lz4Frame = 0
  case zstd = 1

  package var name: String { self == .zstd ? "ZSTD" : "LZ4_FRAME" }

  /// What `size` bytes can become at the most: LZ4's longest match adds 255 bytes for each of the input, a Zstandard
  /// block of 4 bytes stands for 128 KB.
  package func largestOutput(of size: Int) -> Int {
    let factor = self == .zstd ? 1 << 16 : 256
    let (product, overflow) = size.multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }

  /// The bytes of a buffer. The caller has bounded `expectedSize`.
  /// - Throws: `CompressionError` unless exactly that many bytes come out.
  package func decompress(_ input: UnsafeRawBufferPointer, expectedSize: Int)
    throws(CompressionError) -> [UInt8]
  {
    switch self {
    case .zstd: return try PageCodec.zstd.decompress(input, expectedSize: expectedSize)
    case .lz4Frame:
      guard expectedSize >= 0 else { throw CompressionError(.corrupt, "\(name): negative size") }
      let buffer = ChunkBuffer(byteCount: max(1, expectedSize))
      let output = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<expectedSize])
      guard LZ4Block.decompressFrame(input, output) == expectedSize else {
        throw CompressionError(.corrupt, "\(name): corrupt data")
      }
      return [UInt8](output)
    }
  }

  /// What `decompress` turns into `input` again.
  /// - Throws: `CompressionError` where the library has no memory.
  package func compress(_ input: UnsafeRawBufferPointer) throws(CompressionError) -> [UInt8] {
    switch self {
    case .zstd: return try PageCodec.zstd.compress(input)
    case .lz4Frame:
      let buffer = ChunkBuffer(byteCount: max(16, LZ4F_compressFrameBound(input.count, nil)))
      let size = LZ4F_compressFrame(
        buffer.bytes.baseAddress, buffer.bytes.count, input.baseAddress, input.count, nil)
      guard LZ4F_isError(size) == 0 else {
        throw CompressionError(.memoryLimit, "\(name): cannot compress a buffer")
      }
      return [UInt8](buffer.bytes[..<size])
    }
  }
}

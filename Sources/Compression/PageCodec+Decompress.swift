import CBrotli
import CLZ4
import CSnappy
import CZstd

extension PageCodec {
  /// Fills `output`, whose size the page announces, from `input`.
  /// - Throws: `CompressionError` unless exactly that many bytes come out. Nothing is ever written behind `output`.
  package func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    throws(CompressionError)
  {
    // Some writers leave the compressed body of an empty page empty, which is a stream of no codec.
    guard let target = output.baseAddress, !output.isEmpty else { return }
    guard let source = input.baseAddress, !input.isEmpty else {
      throw CompressionError(.truncated, "\(name): no bytes for a page of \(output.count)")
    }
    let produced: Int
    switch self {
    case .uncompressed:
      guard input.count == output.count else { throw mismatch(input.count, output.count) }
      target.copyMemory(from: source, byteCount: input.count)
      produced = input.count
    case .snappy: produced = try decompressSnappy(input, output)
    case .gzip: produced = try decompressGzip(input, output)
    case .brotli:
      var size = output.count
      let status = BrotliDecoderDecompress(
        input.count, source.assumingMemoryBound(to: UInt8.self), &size,
        target.assumingMemoryBound(to: UInt8.self))
      guard status == BROTLI_DECODER_RESULT_SUCCESS else { throw corrupt }
      produced = size
    case .zstd:
      let size = ZSTD_decompress(target, output.count, source, input.count)
      guard ZSTD_isError(size) == 0 else {
        throw CompressionError(.corrupt, "\(name): \(String(cString: ZSTD_getErrorName(size)))")
      }
      produced = size
    case .lz4Raw:
      guard let size = LZ4Block.decompress(input, output) else { throw corrupt }
      produced = size
    case .lz4:
      guard
        let size = LZ4Block.decompressHadoop(input, output) ?? LZ4Block.decompress(input, output)
          ?? LZ4Block.decompressFrame(input, output)
      else { throw corrupt }
      produced = size
    }
    guard produced == output.count else { throw mismatch(produced, output.count) }
  }

  /// The bytes of a page. The caller has bounded `expectedSize`.
  package func decompress(_ input: UnsafeRawBufferPointer, expectedSize: Int)
    throws(CompressionError) -> [UInt8]
  {
    guard expectedSize >= 0 else { throw CompressionError(.corrupt, "\(name): negative size") }
    let buffer = ChunkBuffer(byteCount: max(1, expectedSize))
    let output = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<expectedSize])
    try decompress(input, into: output)
    return [UInt8](output)
  }

  private func decompressSnappy(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> Int
  {
    let source = input.assumingMemoryBound(to: CChar.self).baseAddress
    let target = output.assumingMemoryBound(to: CChar.self).baseAddress
    var size = 0
    // The library checks the room that it is given against the length that the stream begins with.
    guard snappy_uncompressed_length(source, input.count, &size) == SNAPPY_OK else { throw corrupt }
    guard size == output.count else { throw mismatch(size, output.count) }
    guard snappy_uncompress(source, input.count, target, &size) == SNAPPY_OK else { throw corrupt }
    return size
  }

  /// One or more members that together make the page.
  private func decompressGzip(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    throws(CompressionError) -> Int
  {
    let decoder = try GzipDecoder(acceptsZlib: true)
    let spill = ChunkBuffer(byteCount: 1)
    var consumed = 0
    var produced = 0
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: input[consumed...])
      // Where the page is full, the end of the member and its checksum are still to be read.
      let isFull = produced == output.count
      let room = isFull ? spill.bytes : UnsafeMutableRawBufferPointer(rebasing: output[produced...])
      let step = try decoder.step(rest, room)
      if isFull, step.produced > 0 {
        throw CompressionError(.outputLimit, "\(name): more than the \(output.count) bytes of the page")
      }
      consumed += step.consumed
      produced += step.produced
      if step.isAtEnd {
        if consumed == input.count || produced == output.count { return produced }
        try decoder.restart()
      } else if step.consumed == 0, step.produced == 0 {
        throw CompressionError(.truncated, "\(name): cut off")
      }
    }
  }

  private var corrupt: CompressionError { CompressionError(.corrupt, "\(name): corrupt data") }

  private func mismatch(_ found: Int, _ expected: Int) -> CompressionError {
    CompressionError(.corrupt, "\(name): \(found) bytes where the page announces \(expected)")
  }
}

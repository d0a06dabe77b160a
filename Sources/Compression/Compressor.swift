/// Writes one compressed stream, piece by piece: what comes out of each piece is returned and is the caller's to write.
package final class Compressor {
  private let encoder: any StreamEncoder
  private let buffer = ChunkBuffer(byteCount: 256 << 10)

  /// - Parameter level: of the library's own scale; nil for what it does by default.
  package init(_ format: StreamFormat, level: Int? = nil) throws(CompressionError) {
    switch format {
    case .gzip: encoder = try GzipEncoder(level: Int32(max(1, min(9, level ?? 6))))
    case .zstd: encoder = try ZstdEncoder(level: Int32(max(1, min(19, level ?? 3))))
    case .xz: encoder = try XZEncoder(level: UInt32(max(0, min(9, level ?? 6))))
    }
  }

  /// Takes `bytes` in and returns what is ready to be written, which may be nothing.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(CompressionError) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      let step = try encoder.step(rest, buffer.bytes, isLast: false)
      position += step.consumed
      result.append(contentsOf: buffer.bytes[..<step.produced])
    }
    return result
  }

  package func append(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
    try bytes.withUnsafeBufferPointer { (bytes) throws(CompressionError) in
      try append(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Returns the rest of the stream. Nothing may be appended afterwards.
  package func finish() throws(CompressionError) -> [UInt8] {
    var result: [UInt8] = []
    while true {
      let step = try encoder.step(UnsafeRawBufferPointer(start: nil, count: 0), buffer.bytes, isLast: true)
      result.append(contentsOf: buffer.bytes[..<step.produced])
      if step.isFinished { return result }
    }
  }
}

/// Reads a whole compressed file, piece by piece, so that memory stays small however much comes out.
package struct Decompressor: Sendable {
  package let format: StreamFormat
  /// The most bytes that may come out. A few kilobytes can hold many gigabytes of zeros.
  package let outputLimit: Int
  /// The most that a library may allocate for its window.
  package let memoryLimit: Int

  package init(_ format: StreamFormat, outputLimit: Int, memoryLimit: Int = 256 << 20) {
    self.format = format
    self.outputLimit = outputLimit
    self.memoryLimit = memoryLimit
  }

  /// Hands what comes out of `bytes` to `take`, in order.
  /// - Parameter take: returns whether to go on.
  /// - Throws: `CompressionError` for a file that is cut off, is followed by other bytes, is damaged, exceeds a limit,
  ///   or is not wanted further.
  package func run(_ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) -> Bool)
    throws(CompressionError)
  {
    guard format.begins(bytes) else {
      throw CompressionError(bytes.isEmpty ? .truncated : .corrupt, "\(format): not a file of this format")
    }
    let decoder = try makeDecoder()
    let buffer = ChunkBuffer(byteCount: Self.chunkSize)
    var position = 0
    var total = 0
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      let step = try decoder.step(rest, buffer.bytes)
      position += step.consumed
      total += step.produced
      guard total <= outputLimit else {
        throw CompressionError(.outputLimit, "\(format): holds more than \(outputLimit) bytes")
      }
      if step.produced > 0 {
        guard take(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<step.produced])) else {
          throw CompressionError(.cancelled, "\(format): stopped")
        }
      }
      if step.isAtEnd {
        guard let next = try nextUnit(in: bytes, from: position) else { return }
        position = next
        try decoder.restart()
      } else if step.consumed == 0, step.produced == 0 {
        throw CompressionError(.truncated, "\(format): cut off at byte \(position)")
      }
    }
  }

  /// All that comes out of `bytes`.
  package func decompressed(_ bytes: UnsafeRawBufferPointer) throws(CompressionError) -> [UInt8] {
    var result: [UInt8] = []
    try run(bytes) { chunk in
      result.append(contentsOf: chunk)
      return true
    }
    return result
  }

  private static let chunkSize = 256 << 10

  private func makeDecoder() throws(CompressionError) -> any StreamDecoder {
    switch format {
    case .gzip: try GzipDecoder()
    case .zstd: try ZstdDecoder(memoryLimit: memoryLimit)
    case .xz: try XZDecoder(memoryLimit: memoryLimit)
    }
  }

  /// Where another unit begins behind `position`; nil at the end of the file. Zeros to the end are padding where tapes
  /// and block devices leave some behind gzip; between and behind streams of xz, multiples of four zeros are (.xz file
  /// format, section 2.2).
  private func nextUnit(in bytes: UnsafeRawBufferPointer, from position: Int) throws(CompressionError) -> Int?
  {
    var next = position
    if format != .zstd {
      while next < bytes.count, bytes[next] == 0 { next += 1 }
    }
    let padding = next - position
    let isPadded = format == .xz ? padding % 4 == 0 : padding == 0 || next == bytes.count
    guard isPadded else { throw trailing(position) }
    if next == bytes.count { return nil }
    guard format.begins(UnsafeRawBufferPointer(rebasing: bytes[next...])) else { throw trailing(next) }
    return next
  }

  private func trailing(_ position: Int) -> CompressionError {
    CompressionError(.trailingBytes, "\(format): other bytes follow at byte \(position)")
  }
}

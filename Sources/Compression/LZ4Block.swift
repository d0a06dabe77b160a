import CLZ4

/// What stands behind Parquet's LZ4_RAW and its deprecated LZ4 (Compression.md). Each function returns how many bytes
/// it wrote, and nil where the input is not of its form.
enum LZ4Block {
  /// A block without any frame.
  static func decompress(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> Int? {
    guard let source = Int32(exactly: input.count), let room = Int32(exactly: output.count) else {
      return nil
    }
    let size = LZ4_decompress_safe(
      input.assumingMemoryBound(to: CChar.self).baseAddress,
      output.assumingMemoryBound(to: CChar.self).baseAddress, source, room)
    return size < 0 ? nil : Int(size)
  }

  /// Hadoop's frame: of each block the decompressed and the compressed size, 4 bytes each, big-endian.
  static func decompressHadoop(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    -> Int?
  {
    var consumed = 0
    var produced = 0
    while consumed < input.count {
      guard input.count - consumed >= 8 else { return nil }
      let whole = bigEndian(input, at: consumed)
      let packed = bigEndian(input, at: consumed + 4)
      consumed += 8
      guard packed <= input.count - consumed, whole <= output.count - produced else { return nil }
      let block = UnsafeRawBufferPointer(rebasing: input[consumed..<consumed + packed])
      let room = UnsafeMutableRawBufferPointer(rebasing: output[produced..<produced + whole])
      guard whole > 0 || packed > 0, decompress(block, room) == whole else { return nil }
      consumed += packed
      produced += whole
    }
    return produced
  }

  /// The frame of the LZ4 library (LZ4 Frame Format 1.6).
  static func decompressFrame(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer)
    -> Int?
  {
    guard let source = input.baseAddress, let target = output.baseAddress else { return nil }
    var created: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&created, UInt32(LZ4F_VERSION))) == 0,
      let context = created
    else { return nil }
    defer { LZ4F_freeDecompressionContext(context) }
    var consumed = 0
    var produced = 0
    while true {
      var room = output.count - produced
      var given = input.count - consumed
      let hint = LZ4F_decompress(context, target + produced, &room, source + consumed, &given, nil)
      guard LZ4F_isError(hint) == 0 else { return nil }
      consumed += given
      produced += room
      if hint == 0 { return produced }
      if given == 0, room == 0 { return nil }
    }
  }

  private static func bigEndian(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }
}

import Compression

/// What comes out of a compressed file never exceeds the limit, and is the same when it is packed and unpacked again.
func fuzzCompressed(_ bytes: UnsafeRawBufferPointer) {
  guard let format = StreamFormat(beginningOf: bytes) else { return }
  let limit = 1 << 20
  guard let content = try? Decompressor(format, outputLimit: limit, memoryLimit: 32 << 20).decompressed(bytes)
  else {
    return
  }
  precondition(content.count <= limit)
  guard let compressor = try? Compressor(format), let head = try? compressor.append(content),
    let tail = try? compressor.finish()
  else { preconditionFailure("cannot be packed") }
  let again = (head + tail).withUnsafeBytes { try? Decompressor(format, outputLimit: limit).decompressed($0) }
  precondition(again == content)
}

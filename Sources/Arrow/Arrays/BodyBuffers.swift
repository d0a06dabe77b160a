import Compression
import Values

/// The buffers of a record batch in their order: ranges of the body, or, where it is compressed, what comes out of them.
struct BodyBuffers {
  let codec: BufferCodec?
  private let table: FlatTable
  private let body: ArrowBytes
  private let places: FlatVector?
  private var index = 0
  private var room: Int

  init(_ table: FlatTable, _ body: ArrowBytes, _ limits: ArrowLimits) throws(ColumnarError) {
    self.table = table
    self.body = body
    room = limits.batchBytes
    places = try table.vector(2, of: 16)
    guard let compression = try table.table(3) else {
      codec = nil
      return
    }
    let number = try compression.number(0, Int8.self)
    guard let codec = BufferCodec(rawValue: number), try compression.number(1, Int8.self) == 0 else {
      throw ColumnarError(.unsupported, "the compression \(number) is not supported")
    }
    self.codec = codec
  }

  mutating func next() throws(ColumnarError) -> ArrowBytes {
    guard let places, index < places.count else {
      throw ColumnarError(.malformed, "the batch has fewer buffers than its columns need")
    }
    let place = places.place(index)
    index += 1
    let offset = table.bytes.load(Int64.self, at: place)
    let length = table.bytes.load(Int64.self, at: place + 8)
    guard offset >= 0, length >= 0, offset <= body.count, length <= Int64(body.count) - offset else {
      throw ColumnarError(
        .malformed, "a buffer of \(length) bytes at \(offset) in a body of \(body.count) bytes")
    }
    let bytes = body[Int(offset)..<Int(offset) + Int(length)]
    guard let codec, bytes.count > 0 else { return bytes }
    return try decompressed(bytes, codec)
  }

  /// The size of what comes out, -1 where the rest is not compressed, and the rest.
  private mutating func decompressed(_ bytes: ArrowBytes, _ codec: BufferCodec) throws(ColumnarError)
    -> ArrowBytes
  {
    guard bytes.count >= 8 else {
      throw ColumnarError(.malformed, "a compressed buffer of \(bytes.count) bytes")
    }
    let size = bytes.load(Int64.self, at: 0)
    let rest = bytes[8..<bytes.count]
    if size == -1 { return rest }
    guard size >= 0, size <= codec.largestOutput(of: rest.count) else {
      throw ColumnarError(.malformed, "\(rest.count) compressed bytes claim to be \(size)")
    }
    guard size <= room else {
      throw ColumnarError(.limit, "a batch of more bytes than are decompressed at a time")
    }
    room -= Int(size)
    defer { withExtendedLifetime(rest) {} }
    do throws(CompressionError) {
      return ArrowBytes(try codec.decompress(rest.raw, expectedSize: Int(size)))
    } catch {
      throw ColumnarError(.malformed, error.message)
    }
  }
}

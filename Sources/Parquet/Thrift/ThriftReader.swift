import Values

/// A cursor over the compact protocol of Thrift (thrift-compact-protocol.md), in which Parquet writes its footer and its
/// page headers. Nothing is allocated for a length that exceeds the bytes that are left.
struct ThriftReader {
  let bytes: UnsafeRawBufferPointer
  /// Where `bytes` begin in the file, for messages.
  let fileOffset: Int
  private(set) var position = 0
  private var depth = 0

  /// Structs in structs, and containers in containers. What Parquet defines needs fewer than ten.
  static let depthLimit = 32

  init(_ bytes: UnsafeRawBufferPointer, fileOffset: Int) {
    self.bytes = bytes
    self.fileOffset = fileOffset
  }

  var remaining: Int { bytes.count - position }

  func malformed(_ message: String) -> ColumnarError {
    ColumnarError(.malformed, message, offset: fileOffset + position)
  }

  mutating func byte() throws(ColumnarError) -> UInt8 {
    guard position < bytes.count else { throw malformed("the metadata is cut off") }
    defer { position += 1 }
    return bytes[position]
  }

  /// ULEB128, at most 64 bits.
  mutating func varint() throws(ColumnarError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw malformed("a number in the metadata exceeds 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
  }

  mutating func zigzag() throws(ColumnarError) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// The bytes of a string, in place.
  mutating func binary() throws(ColumnarError) -> UnsafeRawBufferPointer {
    let length = try varint()
    guard length <= UInt64(remaining) else {
      throw malformed("a string of \(length) bytes exceeds the metadata")
    }
    let range = position..<position + Int(length)
    position = range.upperBound
    return UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  mutating func string() throws(ColumnarError) -> String {
    String(decoding: try binary(), as: UTF8.self)
  }

  /// The head of a list or a set. Every element takes at least one byte, so that no list can claim more elements than
  /// there are bytes.
  mutating func list() throws(ColumnarError) -> (element: ThriftType, count: Int) {
    let head = try byte()
    let element = try type(head & 0x0F)
    var count = UInt64(head >> 4)
    if count == 15 { count = try varint() }
    guard count <= UInt64(remaining) else {
      throw malformed("a list of \(count) elements exceeds the metadata")
    }
    return (element, Int(count))
  }

  /// The head of a list whose elements must be `wanted`.
  mutating func list(of wanted: ThriftType) throws(ColumnarError) -> Int {
    let (element, count) = try list()
    guard count == 0 || element == wanted else {
      throw malformed("a list of \(element) where \(wanted) is expected")
    }
    return count
  }

  private func type(_ code: UInt8) throws(ColumnarError) -> ThriftType {
    guard let type = ThriftType(rawValue: code) else {
      throw malformed("type \(code) of Thrift is not known")
    }
    return type
  }

  /// Reads a struct: calls `body` for each field, which must read or skip it.
  mutating func structure(
    _ body: (inout ThriftReader, ThriftField) throws(ColumnarError) -> Void
  ) throws(ColumnarError) {
    guard depth < Self.depthLimit else { throw malformed("the metadata is nested too deeply") }
    depth += 1
    var last = 0
    while true {
      let head = try byte()
      if head == 0 { break }
      let delta = Int(head >> 4)
      // The identifier is written whole where it does not follow the last within 15.
      let id = delta == 0 ? Int(Int16(truncatingIfNeeded: try zigzag())) : last + delta
      guard id <= Int(Int16.max) else { throw malformed("a field of the metadata has the number \(id)") }
      last = id
      try body(&self, ThriftField(id: id, type: try type(head & 0x0F)))
    }
    depth -= 1
  }

  mutating func skip(_ type: ThriftType) throws(ColumnarError) {
    switch type {
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double: try skipBytes(8)
    case .uuid: try skipBytes(16)
    case .binary: _ = try binary()
    case .list, .set:
      let (element, count) = try list()
      try nested { (reader) throws(ColumnarError) in
        for _ in 0..<count { try reader.skipElement(element) }
      }
    case .map:
      let count = try varint()
      guard count <= UInt64(remaining) else {
        throw malformed("a map of \(count) entries exceeds the metadata")
      }
      if count == 0 { return }
      let types = try byte()
      let (key, value) = (try self.type(types >> 4), try self.type(types & 0x0F))
      try nested { (reader) throws(ColumnarError) in
        for _ in 0..<count {
          try reader.skipElement(key)
          try reader.skipElement(value)
        }
      }
    case .structure:
      try structure { (reader, field) throws(ColumnarError) in try reader.skip(field.type) }
    }
  }

  /// In containers a truth value takes a byte.
  private mutating func skipElement(_ type: ThriftType) throws(ColumnarError) {
    if type == .yes || type == .no { _ = try byte() } else { try skip(type) }
  }

  private mutating func nested(_ body: (inout ThriftReader) throws(ColumnarError) -> Void)
    throws(ColumnarError)
  {
    guard depth < Self.depthLimit else { throw malformed("the metadata is nested too deeply") }
    depth += 1
    try body(&self)
    depth -= 1
  }

  private mutating func skipBytes(_ count: Int) throws(ColumnarError) {
    guard count <= remaining else { throw malformed("the metadata is cut off") }
    position += count
  }
}

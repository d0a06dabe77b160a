/// Writes the compact protocol of Thrift.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var last: [Int] = []

  mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  mutating func zigzag(_ value: Int64) {
    varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func structure(_ body: (inout ThriftWriter) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }

  /// The head of a field; its value is to be written next.
  mutating func field(_ id: Int, _ type: ThriftType) {
    let delta = id - (last.last ?? 0)
    if delta > 0, delta < 16 {
      bytes.append(UInt8(delta) << 4 | type.rawValue)
    } else {
      bytes.append(type.rawValue)
      zigzag(Int64(id))
    }
    if !last.isEmpty { last[last.count - 1] = id }
  }

  mutating func int32(_ id: Int, _ value: Int32) {
    field(id, .int32)
    zigzag(Int64(value))
  }

  mutating func int64(_ id: Int, _ value: Int) {
    field(id, .int64)
    zigzag(Int64(value))
  }

  mutating func string(_ id: Int, _ value: String) {
    field(id, .binary)
    element(value)
  }

  mutating func structure(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
    field(id, .structure)
    structure(body)
  }

  mutating func list<Element>(
    _ id: Int, of type: ThriftType, _ elements: some Collection<Element>,
    _ body: (inout ThriftWriter, Element) -> Void
  ) {
    field(id, .list)
    listHead(type, elements.count)
    for element in elements { body(&self, element) }
  }

  mutating func listHead(_ type: ThriftType, _ count: Int) {
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type.rawValue)
    } else {
      bytes.append(0xF0 | type.rawValue)
      varint(UInt64(count))
    }
  }

  mutating func element(_ value: String) {
    varint(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  /// A value that is already encoded, such as a list that is copied from another file.
  mutating func raw(_ encoded: [UInt8]) { bytes.append(contentsOf: encoded) }
}

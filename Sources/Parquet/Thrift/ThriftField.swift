import Values

/// The types of the compact protocol, by the codes of fields.
enum ThriftType: UInt8 {
  case yes = 1
  case no = 2
  case byte = 3
  case int16 = 4
  case int32 = 5
  case int64 = 6
  case double = 7
  case binary = 8
  case list = 9
  case set = 10
  case map = 11
  case structure = 12
  case uuid = 13
}

/// The head of a field.
struct ThriftField {
  let id: Int
  let type: ThriftType
}

/// Fields of one type each: another type than the one of parquet.thrift is an error.
extension ThriftReader {
  mutating func int32(_ field: ThriftField) throws(ColumnarError) -> Int32 {
    try expect(field, .int32)
    guard let value = Int32(exactly: try zigzag()) else { throw malformed("a number exceeds 32 bits") }
    return value
  }

  mutating func int64(_ field: ThriftField) throws(ColumnarError) -> Int64 {
    try expect(field, .int64)
    return try zigzag()
  }

  /// A size, a count or an offset, of which none is negative: of 64 bits in the footer, of 32 in the heads of pages.
  mutating func size(_ field: ThriftField, _ what: String, _ type: ThriftType = .int64) throws(ColumnarError)
    -> Int
  {
    try expect(field, type)
    let value = try zigzag()
    guard value >= 0 else { throw malformed("\(what) is negative (\(value))") }
    guard type == .int64 || value <= Int64(Int32.max) else { throw malformed("\(what) exceeds 32 bits") }
    return Int(value)
  }

  mutating func bool(_ field: ThriftField) throws(ColumnarError) -> Bool {
    guard field.type == .yes || field.type == .no else { throw unexpected(field) }
    return field.type == .yes
  }

  mutating func string(_ field: ThriftField) throws(ColumnarError) -> String {
    try expect(field, .binary)
    return try string()
  }

  mutating func list(_ field: ThriftField, of wanted: ThriftType) throws(ColumnarError) -> Int {
    try expect(field, .list)
    return try list(of: wanted)
  }

  mutating func structure(
    _ field: ThriftField, _ body: (inout ThriftReader, ThriftField) throws(ColumnarError) -> Void
  ) throws(ColumnarError) {
    try expect(field, .structure)
    try structure(body)
  }

  mutating func expect(_ field: ThriftField, _ wanted: ThriftType) throws(ColumnarError) {
    guard field.type == wanted else { throw unexpected(field) }
  }

  func unexpected(_ field: ThriftField) -> ColumnarError {
    malformed("field \(field.id) of the metadata has the unexpected type \(field.type)")
  }
}

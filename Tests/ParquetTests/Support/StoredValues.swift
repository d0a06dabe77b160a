import Parquet
import Values

/// How values of a leaf are stored.
enum StoredValues {
  static func make(_ values: [NestedValue], _ leaf: SchemaLeaf) throws -> ColumnValues {
    switch leaf.physical {
    case .boolean: .bool(try Elements(copying: values.map { $0 == .bool(true) }))
    case .int32: .int32(try Elements(copying: values.map { Int32(truncatingIfNeeded: integer($0)) }))
    case .int64: .int64(try Elements(copying: values.map { integer($0) }))
    case .float:
      .float(try Elements(copying: values.map { if case .float(let value) = $0 { value } else { 0 } }))
    case .double:
      .double(try Elements(copying: values.map { if case .double(let value) = $0 { value } else { 0 } }))
    case .byteArray: .bytes(try ByteStrings(copying: values.map { bytes($0, 0) }))
    case .int96, .fixedLengthByteArray:
      .fixed(
        try FixedStrings(
          copying: values.flatMap { bytes($0, leaf.typeLength) }, width: max(1, leaf.typeLength)))
    }
  }

  static func integer(_ value: NestedValue) -> Int64 {
    switch value {
    case .int(let value): value
    case .uint(let value): Int64(bitPattern: value)
    case .date(let days): Int64(days)
    case .decimal(let decimal):
      decimal.unscaled.dropFirst().reduce(Int64(Int8(bitPattern: decimal.unscaled[0]))) {
        $0 << 8 | Int64($1)
      }
    case .timestamp(let time):
      time.seconds &* time.unit.perSecond &+ Int64(time.nanoseconds) / (1_000_000_000 / time.unit.perSecond)
    default: 0
    }
  }

  static func bytes(_ value: NestedValue, _ width: Int) -> [UInt8] {
    switch value {
    case .bytes(let bytes), .uuid(let bytes): return bytes
    case .string(let string): return Array(string.utf8)
    case .decimal(let decimal):
      let sign: UInt8 = decimal.unscaled[0] >= 0x80 ? 0xFF : 0
      return [UInt8](repeating: sign, count: max(0, width - decimal.unscaled.count)) + decimal.unscaled
    default: return []
    }
  }
}

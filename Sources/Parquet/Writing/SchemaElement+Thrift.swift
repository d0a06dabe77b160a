import Values

extension SchemaElement {
  func write(to writer: inout ThriftWriter) {
    writer.structure { writer in
      if let type { writer.int32(1, type) }
      if typeLength > 0 { writer.int32(2, typeLength) }
      if let repetition { writer.int32(3, repetition) }
      writer.string(4, name)
      if let childCount { writer.int32(5, childCount) }
      if let convertedType { writer.int32(6, convertedType) }
      if scale != 0 { writer.int32(7, scale) }
      if precision != 0 { writer.int32(8, precision) }
      if let fieldID { writer.int32(9, fieldID) }
      if let logicalType { writer.structure(10) { logicalType.write(to: &$0) } }
    }
  }
}

extension Annotation {
  /// A field of the union `LogicalType`. Intervals have none; they are a `ConvertedType` only.
  fileprivate func write(to writer: inout ThriftWriter) {
    switch self {
    case .string: writer.structure(1) { _ in }
    case .map: writer.structure(2) { _ in }
    case .list: writer.structure(3) { _ in }
    case .enumeration: writer.structure(4) { _ in }
    case .decimal(let precision, let scale):
      writer.structure(5) { writer in
        writer.int32(1, Int32(truncatingIfNeeded: scale))
        writer.int32(2, Int32(truncatingIfNeeded: precision))
      }
    case .date: writer.structure(6) { _ in }
    case .time(let unit, let isUTC): writer.structure(7) { unit.write(isUTC, to: &$0) }
    case .timestamp(let unit, let isUTC): writer.structure(8) { unit.write(isUTC, to: &$0) }
    case .integer(let bits, let isSigned):
      writer.structure(10) { writer in
        writer.field(1, .byte)
        writer.raw([UInt8(truncatingIfNeeded: bits)])
        writer.field(2, isSigned ? .yes : .no)
      }
    case .null: writer.structure(11) { _ in }
    case .json: writer.structure(12) { _ in }
    case .bson: writer.structure(13) { _ in }
    case .uuid: writer.structure(14) { _ in }
    case .float16: writer.structure(15) { _ in }
    case .interval: break
    }
  }
}

extension TimeUnit {
  fileprivate func write(_ isUTC: Bool, to writer: inout ThriftWriter) {
    writer.field(1, isUTC ? .yes : .no)
    writer.structure(2) { writer in
      switch self {
      // Parquet has no such unit: no annotation is read with it.
      case .seconds: break
      case .milliseconds: writer.structure(1) { _ in }
      case .microseconds: writer.structure(2) { _ in }
      case .nanoseconds: writer.structure(3) { _ in }
      }
    }
  }
}

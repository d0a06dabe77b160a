import Values

extension Annotation {
  /// The `LogicalType` union; nil for what is not known here (VARIANT, GEOMETRY, what is to come).
  static func logical(_ reader: inout ThriftReader) throws(ColumnarError) -> Annotation? {
    var result: Annotation?
    try reader.structure { (reader, field) throws(ColumnarError) in
      guard field.type == .structure else { throw reader.unexpected(field) }
      switch field.id {
      case 5:
        let (scale, precision) = try reader.pair()
        result = .decimal(precision: precision, scale: scale)
        return
      case 7, 8:
        let (unit, isUTC) = try reader.timeUnit()
        guard let unit else { return }
        result = field.id == 7 ? .time(unit, isUTC: isUTC) : .timestamp(unit, isUTC: isUTC)
        return
      case 10:
        let (bits, isSigned) = try reader.integer()
        result = .integer(bits: bits, isSigned: isSigned)
        return
      case 1: result = .string
      case 2: result = .map
      case 3: result = .list
      case 4: result = .enumeration
      case 6: result = .date
      case 11: result = .null
      case 12: result = .json
      case 13: result = .bson
      case 14: result = .uuid
      case 15: result = .float16
      default: break
      }
      try reader.skip(.structure)
    }
    return result
  }

  /// The older `ConvertedType`, where a writer gives no `LogicalType`. Its times are in UTC.
  static func converted(_ code: Int32, scale: Int32, precision: Int32) -> Annotation? {
    switch code {
    case 0: .string
    case 1, 2: .map
    case 3: .list
    case 4: .enumeration
    case 5: .decimal(precision: Int(precision), scale: Int(scale))
    case 6: .date
    case 7: .time(.milliseconds, isUTC: true)
    case 8: .time(.microseconds, isUTC: true)
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
    case 11...14: .integer(bits: 8 << Int(code - 11), isSigned: false)
    case 15...18: .integer(bits: 8 << Int(code - 15), isSigned: true)
    case 19: .json
    case 20: .bson
    case 21: .interval
    default: nil
    }
  }
}

extension ThriftReader {
  /// `DecimalType`: scale and precision.
  fileprivate mutating func pair() throws(ColumnarError) -> (Int, Int) {
    var values = (0, 0)
    try structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: values.0 = Int(try reader.int32(field))
      case 2: values.1 = Int(try reader.int32(field))
      default: try reader.skip(field.type)
      }
    }
    return values
  }

  /// `TimeType` and `TimestampType`.
  fileprivate mutating func timeUnit() throws(ColumnarError) -> (TimeUnit?, Bool) {
    var unit: TimeUnit?
    var isUTC = false
    try structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: isUTC = try reader.bool(field)
      case 2:
        try reader.structure(field) { (reader, field) throws(ColumnarError) in
          switch field.id {
          case 1: unit = .milliseconds
          case 2: unit = .microseconds
          case 3: unit = .nanoseconds
          default: break
          }
          try reader.skip(field.type)
        }
      default: try reader.skip(field.type)
      }
    }
    return (unit, isUTC)
  }

  /// `IntType`.
  fileprivate mutating func integer() throws(ColumnarError) -> (Int, Bool) {
    var bits = 0
    var isSigned = false
    try structure { (reader, field) throws(ColumnarError) in
      switch (field.id, field.type) {
      case (1, .byte): bits = Int(Int8(bitPattern: try reader.byte()))
      case (2, .yes), (2, .no): isSigned = try reader.bool(field)
      default: try reader.skip(field.type)
      }
    }
    return (bits, isSigned)
  }
}

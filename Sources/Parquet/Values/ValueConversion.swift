import Values

/// Makes values of one leaf: what is stored, read as what its annotation says.
struct ValueConversion: Sendable {
  let values: ColumnValues
  let annotation: Annotation?
  private let isInt96: Bool

  init(_ column: LeafColumn) {
    values = column.values
    annotation = column.leaf.annotation
    isInt96 = column.leaf.physical == .int96
  }

  init(_ column: FlatColumn) {
    values = column.values
    annotation = column.leaf.annotation
    isInt96 = column.leaf.physical == .int96
  }

  /// - Parameter position: within `values`.
  func value(at position: Int) -> NestedValue {
    switch values {
    case .bool(let values): annotation == .null ? .null : .bool(values[position])
    case .int32(let values): integer(Int64(values[position]), narrow: values[position])
    case .int64(let values): integer(values[position], narrow: nil)
    case .float(let values): annotation == .null ? .null : .float(values[position])
    case .double(let values): annotation == .null ? .null : .double(values[position])
    case .bytes(let values): values.withBytes(at: position) { Self.string($0, annotation) }
    case .fixed(let values): values.withBytes(at: position) { fixed($0) }
    }
  }

  private func integer(_ value: Int64, narrow: Int32?) -> NestedValue {
    switch annotation {
    case .null: return .null
    case .decimal(_, let scale): return .decimal(DecimalValue(value, scale: scale))
    case .date: return .date(narrow ?? 0)
    case .time(let unit, let isUTC): return .time(TimeValue(count: value, unit: unit, isUTC: isUTC))
    case .timestamp(let unit, let isUTC):
      return .timestamp(TimestampValue(count: value, unit: unit, isUTC: isUTC))
    // What stands in the bits above is not of the value (LogicalTypes.md, "Integers", leaves it undefined).
    case .integer(8, isSigned: true): return .int(Int64(Int8(truncatingIfNeeded: value)))
    case .integer(16, isSigned: true): return .int(Int64(Int16(truncatingIfNeeded: value)))
    case .integer(8, isSigned: false): return .uint(UInt64(UInt8(truncatingIfNeeded: value)))
    case .integer(16, isSigned: false): return .uint(UInt64(UInt16(truncatingIfNeeded: value)))
    case .integer(32, isSigned: false): return .uint(UInt64(UInt32(truncatingIfNeeded: value)))
    case .integer(64, isSigned: false): return .uint(UInt64(bitPattern: value))
    default: return .int(value)
    }
  }

  /// What a byte string is read as.
  static func string(_ bytes: UnsafeRawBufferPointer, _ annotation: Annotation?) -> NestedValue {
    switch annotation {
    case .null: return .null
    case .string, .enumeration, .json:
      // What is not UTF-8 stays as it is, so that nothing is lost.
      return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes([UInt8](bytes))
    case .decimal(_, let scale) where !bytes.isEmpty && bytes.count <= 64:
      return .decimal(DecimalValue(bytes, scale: scale))
    default: return .bytes([UInt8](bytes))
    }
  }

  private func fixed(_ bytes: UnsafeRawBufferPointer) -> NestedValue {
    if annotation == .null { return .null }
    if isInt96, let timestamp = TimestampValue(int96: bytes) { return .timestamp(timestamp) }
    switch annotation {
    case .uuid: return .uuid([UInt8](bytes))
    case .float16:
      let bits = UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self))
      return .float(Float(Float16(bitPattern: bits)))
    case .interval:
      let parts = (0..<3).map { place in
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
      }
      return .interval(IntervalValue(months: parts[0], days: parts[1], milliseconds: parts[2]))
    case .decimal(_, let scale): return .decimal(DecimalValue(bytes, scale: scale))
    default: return .bytes([UInt8](bytes))
    }
  }
}

extension TimestampValue {
  /// The deprecated INT96 of Impala and Spark: nanoseconds of the day, then the Julian day, both little-endian.
  fileprivate init?(int96 bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 12 else { return nil }
    let ofDay = Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
    let day = Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
    let rest = TimestampValue(count: ofDay, unit: .nanoseconds, isUTC: false)
    // 1970-01-01 is the Julian day 2,440,588. No overflow: days have 32 bits, and the rest is below 2^34 seconds.
    self.init(
      seconds: (day - 2_440_588) * 86_400 + rest.seconds, nanoseconds: rest.nanoseconds, unit: .nanoseconds,
      isUTC: false)
  }
}

/// A value of any field as what it means, nested or not.
package enum ParquetValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case float(Float)
  case double(Double)
  case decimal(ParquetDecimal)
  case string(String)
  case bytes([UInt8])
  /// 16 bytes.
  case uuid([UInt8])
  /// Days since 1970-01-01.
  case date(Int32)
  case time(ParquetTime)
  case timestamp(ParquetTimestamp)
  case interval(ParquetInterval)
  case list([ParquetValue])
  case structure(ParquetStructure)
  case map([ParquetEntry])
}

package struct ParquetStructure: Sendable, Equatable {
  package let names: [String]
  /// As many as there are names.
  package let values: [ParquetValue]

  package init(names: [String], values: [ParquetValue]) {
    precondition(names.count == values.count)
    self.names = names
    self.values = values
  }
}

package struct ParquetEntry: Sendable, Equatable {
  package let key: ParquetValue
  package let value: ParquetValue

  package init(key: ParquetValue, value: ParquetValue) {
    self.key = key
    self.value = value
  }
}

/// Since midnight.
package struct ParquetTime: Sendable, Equatable {
  package let count: Int64
  package let unit: Annotation.Unit
  package let isUTC: Bool
}

/// Since 1970-01-01T00:00:00, in UTC or on the clock of wherever the data was taken.
package struct ParquetTimestamp: Sendable, Equatable {
  /// Rounded down.
  package let seconds: Int64
  /// 0 to 999,999,999.
  package let nanoseconds: Int32
  package let unit: Annotation.Unit
  package let isUTC: Bool

  package init(count: Int64, unit: Annotation.Unit, isUTC: Bool) {
    let (seconds, rest) = count.quotientAndRemainder(dividingBy: unit.perSecond)
    // The remainder of a negative count is negative.
    self.seconds = rest < 0 ? seconds - 1 : seconds
    nanoseconds = Int32((rest < 0 ? rest + unit.perSecond : rest) * (1_000_000_000 / unit.perSecond))
    self.unit = unit
    self.isUTC = isUTC
  }

  /// The deprecated INT96 of Impala and Spark: nanoseconds of the day, then the Julian day, both little-endian.
  init?(int96 bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 12 else { return nil }
    let ofDay = Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
    let day = Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
    let rest = ParquetTimestamp(count: ofDay, unit: .nanoseconds, isUTC: false)
    // 1970-01-01 is the Julian day 2,440,588. No overflow: days have 32 bits, and the rest is below 2^34 seconds.
    seconds = (day - 2_440_588) * 86_400 + rest.seconds
    nanoseconds = rest.nanoseconds
    unit = .nanoseconds
    isUTC = false
  }
}

/// INTERVAL (LogicalTypes.md): three counts that do not add up to one.
package struct ParquetInterval: Sendable, Equatable {
  package let months: UInt32
  package let days: UInt32
  package let milliseconds: UInt32
}

/// A value of a column as what it means, nested or not.
package enum NestedValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case float(Float)
  case double(Double)
  case decimal(DecimalValue)
  case string(String)
  case bytes([UInt8])
  /// 16 bytes.
  case uuid([UInt8])
  /// Days since 1970-01-01.
  case date(Int32)
  case time(TimeValue)
  case timestamp(TimestampValue)
  case interval(IntervalValue)
  case list([NestedValue])
  case structure(StructureValue)
  case map([EntryValue])
}

package struct StructureValue: Sendable, Equatable {
  package let names: [String]
  /// As many as there are names.
  package let values: [NestedValue]

  package init(names: [String], values: [NestedValue]) {
    precondition(names.count == values.count)
    self.names = names
    self.values = values
  }
}

package struct EntryValue: Sendable, Equatable {
  package let key: NestedValue
  package let value: NestedValue

  package init(key: NestedValue, value: NestedValue) {
    self.key = key
    self.value = value
  }
}

/// Since midnight.
package struct TimeValue: Sendable, Equatable {
  package let count: Int64
  package let unit: TimeUnit
  package let isUTC: Bool

  package init(count: Int64, unit: TimeUnit, isUTC: Bool) {
    self.count = count
    self.unit = unit
    self.isUTC = isUTC
  }
}

/// Since 1970-01-01T00:00:00, in UTC or on the clock of wherever the data was taken.
package struct TimestampValue: Sendable, Equatable {
  /// Rounded down.
  package let seconds: Int64
  /// 0 to 999,999,999.
  package let nanoseconds: Int32
  package let unit: TimeUnit
  package let isUTC: Bool

  package init(count: Int64, unit: TimeUnit, isUTC: Bool) {
    let (seconds, rest) = count.quotientAndRemainder(dividingBy: unit.perSecond)
    // The remainder of a negative count is negative.
    self.seconds = rest < 0 ? seconds - 1 : seconds
    nanoseconds = Int32((rest < 0 ? rest + unit.perSecond : rest) * (1_000_000_000 / unit.perSecond))
    self.unit = unit
    self.isUTC = isUTC
  }

  /// - Parameter nanoseconds: 0 to 999,999,999.
  package init(seconds: Int64, nanoseconds: Int32, unit: TimeUnit, isUTC: Bool) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.unit = unit
    self.isUTC = isUTC
  }
}

/// Three counts that do not add up to one.
package struct IntervalValue: Sendable, Equatable {
  package let months: UInt32
  package let days: UInt32
  package let milliseconds: UInt32

  package init(months: UInt32, days: UInt32, milliseconds: UInt32) {
    self.months = months
    self.days = days
    self.milliseconds = milliseconds
  }
}

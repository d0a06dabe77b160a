import Values

/// What the values of a node mean (LogicalTypes.md). An annotation that does not go with how the values are stored, or is
/// not known, is none: the values are then read as they are stored.
package enum Annotation: Sendable, Equatable {
  case string
  case enumeration
  case json
  case bson
  case uuid
  case decimal(precision: Int, scale: Int)
  case date
  case time(TimeUnit, isUTC: Bool)
  case timestamp(TimeUnit, isUTC: Bool)
  case integer(bits: Int, isSigned: Bool)
  case float16
  case interval
  /// Every value is null.
  case null
  case list
  case map

  /// The digits that fit 64 bytes, above which nothing writes decimals.
  static let largestPrecision = 153

  /// Whether values that are stored so can mean this.
  func goes(with type: PhysicalType, length: Int) -> Bool {
    switch self {
    case .string, .enumeration, .json, .bson: type == .byteArray
    case .uuid: type == .fixedLengthByteArray && length == 16
    case .float16: type == .fixedLengthByteArray && length == 2
    case .interval: type == .fixedLengthByteArray && length == 12
    case .decimal(let precision, let scale):
      precision > 0 && precision <= Self.largestPrecision && scale >= 0 && scale <= precision
        && (type == .int32 || type == .int64 || type == .byteArray
          || (type == .fixedLengthByteArray && length <= 64))
    case .date, .time(.milliseconds, _): type == .int32
    case .time, .timestamp: type == .int64
    case .integer(let bits, _):
      bits == 64 ? type == .int64 : [8, 16, 32].contains(bits) && type == .int32
    case .null: true
    case .list, .map: false
    }
  }
}

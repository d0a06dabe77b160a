import Values

/// What the values of a field are (Schema.fbs of the Arrow columnar format 1.5), for the types that are read.
package enum ArrowType: Sendable, Equatable {
  case null
  case bool
  case integer(bits: Int, isSigned: Bool)
  /// Of 16, 32 or 64 bits.
  case float(bits: Int)
  case decimal(bits: Int, scale: Int)
  case date(inMilliseconds: Bool)
  case time(bits: Int, TimeUnit)
  case timestamp(TimeUnit, isUTC: Bool)
  case duration
  /// Byte strings; their ends have 32 or, of large ones, 64 bits.
  case bytes(isText: Bool, isLarge: Bool)
  /// Byte strings that lie anywhere in some buffers.
  case views(isText: Bool)
  case fixedBytes(width: Int)
  case list(isLarge: Bool)
  case fixedList(count: Int)
  case structure
  case map

  /// The bytes of one value; nil of what has no fixed width, or less than a byte.
  var width: Int? {
    switch self {
    case .integer(let bits, _), .float(let bits), .decimal(let bits, _), .time(let bits, _): bits / 8
    case .date(let inMilliseconds): inMilliseconds ? 8 : 4
    case .timestamp, .duration: 8
    case .fixedBytes(let width): width
    case .null, .bool, .bytes, .views, .list, .fixedList, .structure, .map: nil
    }
  }
}

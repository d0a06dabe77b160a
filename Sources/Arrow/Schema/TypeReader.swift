import Values

/// Reads the union `Type` of Schema.fbs.
enum TypeReader {
  /// - Parameter table: of a field.
  static func type(of table: FlatTable) throws(ColumnarError) -> ArrowType {
    let number = try table.number(2, UInt8.self)
    guard let type = try table.table(3) else { throw ColumnarError(.malformed, "a field without a type") }
    switch number {
    case 1: return .null
    case 2: return try integer(type)
    case 3: return try float(type)
    case 4: return .bytes(isText: false, isLarge: false)
    case 5: return .bytes(isText: true, isLarge: false)
    case 6: return .bool
    case 7: return try decimal(type)
    case 8: return .date(inMilliseconds: try type.number(0, Int16.self, or: 1) == 1)
    case 9: return try time(type)
    case 10:
      return .timestamp(try unit(type.number(0, Int16.self)), isUTC: try type.string(1)?.isEmpty == false)
    case 12: return .list(isLarge: false)
    case 13: return .structure
    case 15: return .fixedBytes(width: try size(type, "a byte string"))
    case 16: return .fixedList(count: try size(type, "a list"))
    case 17: return .map
    case 18: return .duration
    case 19: return .bytes(isText: false, isLarge: true)
    case 20: return .bytes(isText: true, isLarge: true)
    case 21: return .list(isLarge: true)
    case 23: return .views(isText: false)
    case 24: return .views(isText: true)
    default:
      throw ColumnarError(.unsupported, "the type \(names[number] ?? "\(number)") is not supported")
    }
  }

  private static let names: [UInt8: String] = [
    11: "Interval", 14: "Union", 22: "RunEndEncoded", 25: "ListView", 26: "LargeListView",
  ]

  static func integer(_ table: FlatTable) throws(ColumnarError) -> ArrowType {
    let bits = Int(try table.number(0, Int32.self))
    guard [8, 16, 32, 64].contains(bits) else {
      throw ColumnarError(.malformed, "whole numbers of \(bits) bits")
    }
    return .integer(bits: bits, isSigned: try table.bool(1))
  }

  private static func float(_ table: FlatTable) throws(ColumnarError) -> ArrowType {
    let precision = Int(try table.number(0, Int16.self))
    guard (0...2).contains(precision) else {
      throw ColumnarError(.malformed, "numbers of the unknown precision \(precision)")
    }
    return .float(bits: 16 << precision)
  }

  private static func decimal(_ table: FlatTable) throws(ColumnarError) -> ArrowType {
    let scale = Int(try table.number(1, Int32.self))
    let bits = Int(try table.number(2, Int32.self, or: 128))
    // 76 digits fit 256 bits.
    guard [32, 64, 128, 256].contains(bits), (-76...76).contains(scale) else {
      throw ColumnarError(.malformed, "decimals of \(bits) bits with the scale \(scale)")
    }
    return .decimal(bits: bits, scale: scale)
  }

  private static func time(_ table: FlatTable) throws(ColumnarError) -> ArrowType {
    let unit = try unit(table.number(0, Int16.self, or: 1))
    let bits = Int(try table.number(1, Int32.self, or: 32))
    guard bits == (unit == .seconds || unit == .milliseconds ? 32 : 64) else {
      throw ColumnarError(.malformed, "times of \(bits) bits, which their unit does not have")
    }
    return .time(bits: bits, unit)
  }

  private static func unit(_ number: Int16) throws(ColumnarError) -> TimeUnit {
    switch number {
    case 0: return .seconds
    case 1: return .milliseconds
    case 2: return .microseconds
    case 3: return .nanoseconds
    default: throw ColumnarError(.malformed, "the unknown unit \(number) of time")
    }
  }

  private static func size(_ table: FlatTable, _ what: String) throws(ColumnarError) -> Int {
    let size = Int(try table.number(0, Int32.self))
    guard size >= 0 else { throw ColumnarError(.malformed, "\(what) of the size \(size)") }
    return size
  }
}

import Parquet
import Values

/// A leaf with one of the logical types, and how its values are stored.
struct MadeLeaf: Sendable {
  let physical: PhysicalType
  var length: Int32 = 0
  var annotation: Annotation?

  static let all: [MadeLeaf] = [
    MadeLeaf(physical: .boolean),
    MadeLeaf(physical: .int32),
    MadeLeaf(physical: .int32, annotation: .integer(bits: 8, isSigned: true)),
    MadeLeaf(physical: .int32, annotation: .integer(bits: 16, isSigned: false)),
    MadeLeaf(physical: .int32, annotation: .date),
    MadeLeaf(physical: .int64),
    MadeLeaf(physical: .int64, annotation: .integer(bits: 64, isSigned: false)),
    MadeLeaf(physical: .int64, annotation: .timestamp(.microseconds, isUTC: true)),
    MadeLeaf(physical: .int64, annotation: .decimal(precision: 18, scale: 4)),
    MadeLeaf(physical: .float),
    MadeLeaf(physical: .double),
    MadeLeaf(physical: .byteArray),
    MadeLeaf(physical: .byteArray, annotation: .string),
    MadeLeaf(physical: .fixedLengthByteArray, length: 5),
    MadeLeaf(physical: .fixedLengthByteArray, length: 16, annotation: .uuid),
    MadeLeaf(physical: .fixedLengthByteArray, length: 12, annotation: .decimal(precision: 28, scale: 2)),
  ]

  func value(_ random: inout SmallRandom) -> NestedValue {
    let small = random.chance(50) ? Int64(random.below(5)) : Int64(bitPattern: random.next())
    switch (physical, annotation) {
    case (.boolean, _): return .bool(small & 1 == 0)
    case (.int32, .integer(8, isSigned: true)): return .int(Int64(Int8(truncatingIfNeeded: small)))
    case (.int32, .integer(16, isSigned: false)): return .uint(UInt64(UInt16(truncatingIfNeeded: small)))
    case (.int32, .date): return .date(Int32(truncatingIfNeeded: small))
    case (.int32, _): return .int(Int64(Int32(truncatingIfNeeded: small)))
    case (.int64, .integer): return .uint(UInt64(bitPattern: small))
    case (.int64, .timestamp(let unit, let isUTC)):
      return .timestamp(TimestampValue(count: small, unit: unit, isUTC: isUTC))
    case (.int64, .decimal(_, let scale)): return .decimal(DecimalValue(small, scale: scale))
    case (.int64, _): return .int(small)
    case (.float, _): return .float(Float(small))
    case (.double, _): return .double(Double(small) / 7)
    case (.byteArray, .string): return .string("s\(small % 1000)é")
    case (.fixedLengthByteArray, .uuid): return .uuid(bytes(16, small))
    case (.fixedLengthByteArray, .decimal(_, let scale)):
      return .decimal(DecimalValue(bytes(12, small), scale: scale))
    case (.fixedLengthByteArray, _): return .bytes(bytes(Int(length), small))
    default: return .bytes(bytes(random.below(9), small))
    }
  }

  private func bytes(_ count: Int, _ seed: Int64) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: (seed &+ Int64($0)) &* 0x51) }
  }
}

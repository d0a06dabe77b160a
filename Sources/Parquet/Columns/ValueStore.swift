import Values

/// Where the decoders put values: all of one width end to end, or byte strings with offsets.
final class ValueStore {
  let physical: PhysicalType
  /// Bytes of a value; 0 for byte strings, whose lengths differ. Truth values take one.
  let width: Int
  let budget: MemoryBudget
  let data = ByteStorage()
  let offsets = ByteStorage()
  private(set) var count = 0

  init(_ leaf: SchemaLeaf, budget: MemoryBudget) throws(ColumnarError) {
    physical = leaf.physical
    width =
      switch leaf.physical {
      case .boolean: 1
      case .int32, .float: 4
      case .int64, .double: 8
      case .int96: 12
      case .byteArray: 0
      case .fixedLengthByteArray: leaf.typeLength
      }
    self.budget = budget
    if width == 0 { try offsets.grow(by: 8, budget).storeBytes(of: 0, as: UInt64.self) }
  }

  /// Room for `added` values of one width at the end, to be written by the caller.
  func grow(by added: Int) throws(ColumnarError) -> UnsafeMutableRawPointer {
    let (size, overflow) = added.multipliedReportingOverflow(by: width)
    guard !overflow else { throw ColumnarError(.limit, "\(added) values of \(width) bytes") }
    let start = try data.grow(by: size, budget)
    count += added
    return start
  }

  /// Counts values of one width that were written to `data` itself.
  func countWritten(_ added: Int) { count += added }

  /// Room for the ends of `added` byte strings, to be written by the caller.
  func growStrings(by added: Int) throws(ColumnarError) -> UnsafeMutablePointer<UInt64> {
    let (size, overflow) = added.multipliedReportingOverflow(by: 8)
    guard !overflow else { throw ColumnarError(.limit, "\(added) values") }
    let start = try offsets.grow(by: size, budget)
    count += added
    return start.bindMemory(to: UInt64.self, capacity: added)
  }

  /// The string at `position`, which the caller has checked.
  func string(_ position: Int) -> UnsafeRawBufferPointer {
    let ends = offsets.elements(of: UInt64.self)
    return UnsafeRawBufferPointer(rebasing: data.bytes[Int(ends[position])..<Int(ends[position + 1])])
  }

  func finish() -> ColumnValues {
    switch physical {
    case .boolean: .bool(Elements(data))
    case .int32: .int32(Elements(data))
    case .int64: .int64(Elements(data))
    case .float: .float(Elements(data))
    case .double: .double(Elements(data))
    case .byteArray: .bytes(ByteStrings(bytes: Elements(data), offsets: Elements(offsets)))
    case .int96, .fixedLengthByteArray: .fixed(FixedStrings(bytes: Elements(data), width: width))
    }
  }
}

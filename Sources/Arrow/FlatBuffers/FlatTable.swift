import Values

/// A table of FlatBuffers (flatbuffers.dev, "FlatBuffer Internals") in bytes that may hold anything: each offset is held
/// against the buffer before it is followed.
///
/// A table begins with the distance back to its vtable; that has its own size, the size of the table, and for each field
/// where it lies in the table, 0 where it is left out.
struct FlatTable {
  let bytes: ArrowBytes
  private let start: Int
  private let size: Int
  private let vtable: Range<Int>

  /// The table that a buffer begins with.
  init(root bytes: ArrowBytes) throws(ColumnarError) {
    guard bytes.count >= 8 else { throw Self.cutOff }
    try self.init(bytes, at: Int(bytes.load(UInt32.self, at: 0)))
  }

  private init(_ bytes: ArrowBytes, at start: Int) throws(ColumnarError) {
    guard start >= 0, start <= bytes.count - 4 else { throw Self.cutOff }
    let vtable = start - Int(bytes.load(Int32.self, at: start))
    guard vtable >= 0, vtable <= bytes.count - 4 else { throw Self.cutOff }
    let vtableSize = Int(bytes.load(UInt16.self, at: vtable))
    let size = Int(bytes.load(UInt16.self, at: vtable + 2))
    guard vtableSize >= 4, vtableSize <= bytes.count - vtable, size >= 4, size <= bytes.count - start else {
      throw Self.cutOff
    }
    self.bytes = bytes
    self.start = start
    self.size = size
    self.vtable = vtable..<vtable + vtableSize
  }

  static var cutOff: ColumnarError { ColumnarError(.malformed, "the metadata points outside of itself") }

  /// Where a field lies in the buffer; nil where it is left out.
  func place(_ slot: Int, size width: Int) throws(ColumnarError) -> Int? {
    let entry = vtable.lowerBound + 4 + 2 * slot
    guard entry + 2 <= vtable.upperBound else { return nil }
    let offset = Int(bytes.load(UInt16.self, at: entry))
    guard offset != 0 else { return nil }
    guard offset >= 4, offset <= size - width else { throw Self.cutOff }
    return start + offset
  }

  func number<Number: FixedWidthInteger>(_ slot: Int, _ type: Number.Type, or value: Number = 0)
    throws(ColumnarError) -> Number
  {
    try place(slot, size: MemoryLayout<Number>.size).map { bytes.load(type, at: $0) } ?? value
  }

  func bool(_ slot: Int) throws(ColumnarError) -> Bool { try number(slot, UInt8.self) != 0 }

  func table(_ slot: Int) throws(ColumnarError) -> FlatTable? {
    guard let target = try target(slot) else { return nil }
    return try FlatTable(bytes, at: target)
  }

  func string(_ slot: Int) throws(ColumnarError) -> String? {
    guard let vector = try vector(slot, of: 1) else { return nil }
    return String(decoding: bytes.array(vector.start..<vector.start + vector.count), as: UTF8.self)
  }

  /// Structs or numbers one behind the other.
  /// - Parameter width: of one, in bytes.
  func vector(_ slot: Int, of width: Int) throws(ColumnarError) -> FlatVector? {
    guard let target = try target(slot) else { return nil }
    guard target <= bytes.count - 4 else { throw Self.cutOff }
    let count = Int(bytes.load(UInt32.self, at: target))
    // No overflow: a count of 32 bits, and a width of a few bytes.
    guard count * width <= bytes.count - target - 4 else { throw Self.cutOff }
    return FlatVector(start: target + 4, count: count, width: width)
  }

  /// - Parameter limit: how many there may be.
  func tables(_ slot: Int, limit: Int) throws(ColumnarError) -> [FlatTable] {
    guard let vector = try vector(slot, of: 4) else { return [] }
    guard vector.count <= limit else {
      throw ColumnarError(.limit, "the metadata lists \(vector.count) entries, more than \(limit)")
    }
    var tables: [FlatTable] = []
    for index in 0..<vector.count {
      let place = vector.place(index)
      tables.append(try FlatTable(bytes, at: place + Int(bytes.load(UInt32.self, at: place))))
    }
    return tables
  }

  private func target(_ slot: Int) throws(ColumnarError) -> Int? {
    guard let place = try place(slot, size: 4) else { return nil }
    return place + Int(bytes.load(UInt32.self, at: place))
  }
}

/// Where the elements of a vector lie, all of them within the buffer.
struct FlatVector {
  let start: Int
  let count: Int
  let width: Int

  func place(_ index: Int) -> Int { start + index * width }
}

/// Writes tables of FlatBuffers front to back: offsets point forward to what comes later.
package struct FlatWriter {
  package private(set) var bytes: [UInt8] = [0, 0, 0, 0]

  /// A field as it lies in a table: a number of `size` bytes, or, of 4, the room for an offset.
  package struct Field: Sendable {
    let slot: Int
    let size: Int
    var value: UInt64 = 0

    package init(slot: Int, size: Int, value: UInt64 = 0) {
      self.slot = slot
      self.size = size
      self.value = value
    }

    package static func offset(_ slot: Int) -> Field { Field(slot: slot, size: 4) }
  }

  /// Appends a table.
  /// - Parameter fields: larger ones first, so that each lies on a multiple of its size.
  /// - Returns: where it begins, and where each field lies.
  package mutating func table(_ fields: [Field]) -> (start: Int, places: [Int]) {
    let slots = (fields.map(\.slot).max() ?? -1) + 1
    // The table is to lie on a multiple of 8 so that its fields do: the distance behind takes 4, then 4 are left free.
    align(to: 8)
    let vtable = bytes.count
    let vtableSize = 4 + 2 * slots
    let start = (vtable + vtableSize + 7) / 8 * 8
    var entries = [UInt16](repeating: 0, count: slots)
    var end = 8
    var places: [Int] = []
    for field in fields {
      entries[field.slot] = UInt16(end)
      places.append(start + end)
      end += field.size
    }
    append(UInt16(vtableSize))
    append(UInt16(end))
    for entry in entries { append(entry) }
    align(to: 8)
    append(Int32(start - vtable))
    append(UInt32(0))
    for field in fields {
      for byte in 0..<field.size { bytes.append(UInt8(truncatingIfNeeded: field.value >> UInt64(8 * byte))) }
    }
    return (start, places)
  }

  /// Appends a vector of structs of 8-byte members.
  /// - Returns: where it begins.
  package mutating func vector(count: Int, _ members: [Int64]) -> Int {
    align(to: 8)
    append(UInt32(0))
    let start = bytes.count
    append(UInt32(count))
    for member in members { append(member) }
    return start
  }

  /// Appends a vector of offsets.
  /// - Returns: where it begins, and where each offset lies.
  package mutating func offsets(count: Int) -> (start: Int, places: [Int]) {
    align(to: 8)
    let start = bytes.count
    append(UInt32(count))
    for _ in 0..<count { append(UInt32(0)) }
    return (start, (0..<count).map { start + 4 + 4 * $0 })
  }

  /// Appends a string, a byte 0 behind it.
  /// - Returns: where it begins.
  package mutating func string(_ text: String) -> Int {
    align(to: 8)
    let start = bytes.count
    append(UInt32(text.utf8.count))
    bytes += Array(text.utf8) + [0]
    return start
  }

  /// Lets an offset point to what comes behind it.
  package mutating func point(from place: Int, to target: Int) { put(UInt32(target - place), at: place) }

  package mutating func align(to size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  package init() {}

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func put(_ number: UInt32, at place: Int) {
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte)) }
  }
}

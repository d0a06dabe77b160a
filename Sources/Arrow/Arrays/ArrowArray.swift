/// The values of a field in one batch. Its buffers are as long as they must be, and offsets lie within what they point into:
/// that was checked when they were read.
package struct ArrowArray: Sendable {
  indirect enum Storage: Sendable {
    case null
    case bits(ArrowBytes)
    /// Values of one width.
    case fixed(ArrowBytes, width: Int)
    case bytes(ArrowOffsets, ArrowBytes)
    case views(ArrowBytes, [ArrowBytes])
    case list(ArrowOffsets, ArrowArray)
    case fixedList(Int, ArrowArray)
    case structure([ArrowArray])
    case dictionary(ArrowIndices, ArrowDictionary)
  }
  let field: ArrowField
  let length: Int
  /// A bit for each value that is there; nil where all are.
  let validity: ArrowBytes?
  let storage: Storage

  func isNull(_ row: Int) -> Bool {
    if case .null = storage { return true }
    return validity.map { !$0.bit(row) } ?? false
  }
}

/// Where values that are as long as they like begin and end: rising, and within what they point into.
struct ArrowOffsets {
  let bytes: ArrowBytes
  let isLarge: Bool

  subscript(index: Int) -> Int {
    isLarge
      ? Int(bytes.load(Int64.self, at: index * 8)) : Int(bytes.load(Int32.self, at: index * 4))
  }

  func range(_ row: Int) -> Range<Int> { self[row]..<self[row + 1] }
}

/// Numbers of values of a dictionary.
struct ArrowIndices {
  let bytes: ArrowBytes
  let key: ArrowDictionaryKey

  var width: Int { key.bits / 8 }

  /// Clamped where it exceeds a whole number of this machine.
  subscript(row: Int) -> Int {
    switch (key.bits, key.isSigned) {
    case (8, true): Int(bytes.load(Int8.self, at: row))
    case (8, false): Int(bytes.load(UInt8.self, at: row))
    case (16, true): Int(bytes.load(Int16.self, at: row * 2))
    case (16, false): Int(bytes.load(UInt16.self, at: row * 2))
    case (32, true): Int(bytes.load(Int32.self, at: row * 4))
    case (32, false): Int(bytes.load(UInt32.self, at: row * 4))
    case (_, true): Int(bytes.load(Int64.self, at: row * 8))
    case (_, false): Int(clamping: bytes.load(UInt64.self, at: row * 8))
    }
  }
}

/// 16 bytes that tell a byte string (Arrow columnar format 1.5, "Variable-size Binary View Layout"): its length; up to 12
/// bytes in place, or the first 4, the number of a buffer and where in it the string begins.
struct ArrowView {
  static let size = 16
  static let inPlace = 12
  let bytes: ArrowBytes
  let start: Int

  var length: Int { Int(bytes.load(Int32.self, at: start)) }
  var buffer: Int { Int(bytes.load(Int32.self, at: start + 8)) }
  var offset: Int { Int(bytes.load(Int32.self, at: start + 12)) }
}

/// The values of a dictionary. What a delta adds refers to earlier values only, so that nothing refers to itself.
final class ArrowDictionary: @unchecked Sendable {
  // Unchecked: all parts are there before values are asked for from several threads.
  /// One behind the other, each with the number of values before it.
  private var parts: [(start: Int, values: ArrowArray)] = []
  private(set) var count = 0
  /// 1 where no value stands in a dictionary itself.
  private(set) var depth = 0

  func append(_ values: ArrowArray, depth: Int) {
    parts.append((count, values))
    count += values.length
    self.depth = max(depth, self.depth)
  }

  /// - Returns: nil where there is no such value.
  func place(of index: Int) -> (values: ArrowArray, row: Int)? {
    guard index >= 0, index < count else { return nil }
    var low = 0
    var high = parts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if parts[middle].start <= index { low = middle } else { high = middle - 1 }
    }
    return (parts[low].values, index - parts[low].start)
  }
}

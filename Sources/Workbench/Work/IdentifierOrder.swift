import Model

/// The order of ids: that of the numbers where all are a number of at most 18 digits behind what all begin with, as
/// "r2" and "r10" are, else that of their bytes.
struct IdentifierOrder: Sendable {
  private let ids: StringColumn
  /// By row the number, or eight bytes behind what all begin with; not all ones, which no UTF-8 is.
  private let keys: [UInt64]

  /// Nil when cancelled.
  init?(_ ids: StringColumn, isCancelled: () -> Bool) {
    self.ids = ids
    guard let prefix = Self.commonPrefix(ids, isCancelled: isCancelled) else { return nil }
    // Most sets of ids are numbers throughout or are none at the first.
    let areNumbers = ids.first.map { $0.utf8.dropFirst(prefix).allSatisfy(Self.isDigit) } ?? false
    if areNumbers {
      let numbers = Blocks.map(count: ids.count, isCancelled: isCancelled) { row in
        ids.withUTF8(at: row) { Self.number(behind: prefix, $0) } ?? .max
      }
      guard let numbers else { return nil }
      if !numbers.contains(.max) {
        keys = numbers
        return
      }
    }
    let bytes = Blocks.map(count: ids.count, isCancelled: isCancelled) { row in
      ids.withUTF8(at: row) { id in
        (0..<8).reduce(0) { $0 << 8 | (prefix + $1 < id.count ? UInt64(id[prefix + $1]) : 0) }
      }
    }
    guard let bytes else { return nil }
    keys = bytes
  }

  func key(_ row: Int) -> UInt64 { keys[row] }

  /// Rows in the order of their keys, those of one key in the order of all bytes of their ids; nil when cancelled.
  /// - Parameter keys: of the rows, in their order.
  func refined(
    _ rows: ContiguousArray<Int32>, keys: ContiguousArray<UInt64>, descending: Bool, isCancelled: () -> Bool
  ) -> ContiguousArray<Int32>? {
    var rows = rows
    var start = 0
    var asked = 0
    while start < rows.count {
      if start >= asked {
        if isCancelled() { return nil }
        asked = start + 65_536
      }
      var end = start + 1
      while end < rows.count, keys[end] == keys[start] { end += 1 }
      if end - start > 1 {
        rows[start..<end].sort { a, b in
          let (a, b) = descending ? (b, a) : (a, b)
          return ids.withUTF8(at: Int(a)) { a in
            ids.withUTF8(at: Int(b)) { b in a.lexicographicallyPrecedes(b) }
          }
        }
      }
      start = end
    }
    return rows
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(behind prefix: Int, _ id: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard prefix < id.count, id.count - prefix <= 18 else { return nil }
    var number: UInt64 = 0
    for place in prefix..<id.count {
      guard isDigit(id[place]) else { return nil }
      number = 10 * number + UInt64(id[place] - 0x30)
    }
    return number
  }

  /// So many bytes all ids begin with, digits at their end left out; nil when cancelled.
  private static func commonPrefix(_ ids: StringColumn, isCancelled: () -> Bool) -> Int? {
    guard let first = ids.first.map({ Array($0.utf8) }) else { return 0 }
    var length = first.count
    let isDone = Blocks.fold(count: ids.count, isCancelled: isCancelled) { block in
      var length = first.count
      for row in block where length > 0 {
        ids.withUTF8(at: row) { id in
          length = min(length, id.count)
          var place = 0
          while place < length, id[place] == first[place] { place += 1 }
          length = place
        }
      }
      return length
    } merge: {
      length = min(length, $0)
    }
    while length > 0, isDigit(first[length - 1]) { length -= 1 }
    return isDone ? length : nil
  }
}

import Model

/// The order of ids: that of the numbers where all are a number of at most 18 digits behind what all begin with, as
/// "r2" and "r10" are, else that of their bytes.
struct IdentifierOrder {
  private let ids: StringColumn
  /// Bytes that all ids begin with, digits at their end left out.
  private let prefix: Int
  private let areNumbers: Bool

  init(_ ids: StringColumn) {
    self.ids = ids
    let prefix = Self.commonPrefix(ids)
    self.prefix = prefix
    areNumbers = ids.indices.allSatisfy { ids.withUTF8(at: $0) { Self.number(behind: prefix, $0) != nil } }
  }

  /// The number, or eight bytes behind the prefix; not all ones, which no UTF-8 is.
  func key(_ row: Int) -> UInt64 {
    ids.withUTF8(at: row) { id in
      if areNumbers, let number = Self.number(behind: prefix, id) { return number }
      return (0..<8).reduce(0) { key, index in
        key << 8 | (prefix + index < id.count ? UInt64(id[prefix + index]) : 0)
      }
    }
  }

  /// Rows in the order of their keys, those of one key in the order of all bytes of their ids.
  func refined(_ rows: ContiguousArray<Int32>, descending: Bool) -> ContiguousArray<Int32> {
    var rows = rows
    var start = 0
    while start < rows.count {
      let first = key(Int(rows[start]))
      var end = start + 1
      while end < rows.count, key(Int(rows[end])) == first { end += 1 }
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
    let digits = id[min(prefix, id.count)...]
    guard (1...18).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { 10 * $0 + UInt64($1 - 0x30) }
  }

  private static func commonPrefix(_ ids: StringColumn) -> Int {
    guard let first = ids.first.map({ Array($0.utf8) }) else { return 0 }
    var length = first.count
    for row in ids.indices where length > 0 {
      ids.withUTF8(at: row) { id in
        length = min(length, id.count)
        if let other = (0..<length).first(where: { id[$0] != first[$0] }) { length = other }
      }
    }
    while length > 0, isDigit(first[length - 1]) { length -= 1 }
    return length
  }
}

/// A set of rows as one bit a row: a million selected rows are 125 kB, and to ask for one costs a nanosecond.
package struct RowSet: Sendable, Equatable {
  private var words: [UInt64]
  package let capacity: Int
  package private(set) var count = 0

  /// An empty set of rows 0..<capacity.
  package init(capacity: Int) {
    self.capacity = capacity
    words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
  }

  package var isEmpty: Bool { count == 0 }

  package func contains(_ row: Int) -> Bool {
    row >= 0 && row < capacity && words[row >> 6] & (1 << UInt64(row & 63)) != 0
  }

  /// Puts `row` in or takes it out.
  package mutating func set(_ row: Int, _ isMember: Bool) {
    precondition(row >= 0 && row < capacity)
    let bit: UInt64 = 1 << UInt64(row & 63)
    let had = words[row >> 6] & bit != 0
    guard had != isMember else { return }
    words[row >> 6] ^= bit
    count += isMember ? 1 : -1
  }

  package mutating func insert(contentsOf rows: some Sequence<Int32>) {
    for row in rows { set(Int(row), true) }
  }

  package mutating func removeAll() {
    guard count > 0 else { return }
    for index in words.indices { words[index] = 0 }
    count = 0
  }

  /// Ascending.
  package var rows: ContiguousArray<Int32> {
    var result = ContiguousArray<Int32>()
    result.reserveCapacity(count)
    for (index, word) in words.enumerated() where word != 0 {
      var rest = word
      while rest != 0 {
        result.append(Int32(index << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return result
  }
}

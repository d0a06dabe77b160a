/// Groups rows by codes of which each row holds many: words, n-grams, patches at any place.
struct InvertedIndex {
  private var pairs: [(code: UInt64, row: Int32)] = []

  /// Rows are added in rising order; a code that a row holds twice counts once.
  mutating func add(_ codes: some Sequence<UInt64>, row: Int) {
    for code in codes { pairs.append((code, Int32(row))) }
  }

  /// Most codes are held by one row: counting them by a part of their bits first spares sorting them.
  private mutating func dropRare(fewest: Int) {
    var size = 1
    while size < pairs.count { size *= 2 }
    var counts = [UInt8](repeating: 0, count: size)
    for pair in pairs {
      let slot = Int(truncatingIfNeeded: pair.code) & (size - 1)
      if counts[slot] < .max { counts[slot] += 1 }
    }
    pairs.removeAll { Int(counts[Int(truncatingIfNeeded: $0.code) & (size - 1)]) < fewest }
  }

  /// Calls `body` with each code that `sizes` rows share and those rows, ascending; codes rise.
  mutating func forEachGroup(
    sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    dropRare(fewest: sizes.lowerBound)
    pairs.sort { $0.code != $1.code ? $0.code < $1.code : $0.row < $1.row }
    var rows: [Int32] = []
    var start = 0
    while start < pairs.count {
      let code = pairs[start].code
      rows.removeAll(keepingCapacity: true)
      var end = start
      while end < pairs.count, pairs[end].code == code {
        if rows.last != pairs[end].row { rows.append(pairs[end].row) }
        end += 1
      }
      if sizes.contains(rows.count) { rows.withUnsafeBufferPointer { body(code, $0) } }
      start = end
    }
  }
}

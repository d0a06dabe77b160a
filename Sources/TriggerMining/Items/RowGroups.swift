import Numerics

/// Groups rows by a 64-bit code, one code a row: the holders of each value at one site.
///
/// Open addressing over twice as many slots as rows, then a counting sort, so a grouping costs a few nanoseconds a
/// row and memory does not grow with the number of sites. One grouper a thread.
struct CodeGrouper {
  /// Rows with this code hold nothing.
  static let none = UInt64.max

  private var slotCodes: [UInt64]
  private var slotGroups: [Int32]
  private var groupOfRow: [Int32]
  private var groupStarts: [Int32] = []
  private var sortedRows: [Int32]
  private let mask: Int

  init(rowCount: Int) {
    var size = 16
    while size < 2 * rowCount { size *= 2 }
    mask = size - 1
    slotCodes = [UInt64](repeating: 0, count: size)
    slotGroups = [Int32](repeating: -1, count: size)
    groupOfRow = [Int32](repeating: -1, count: rowCount)
    sortedRows = [Int32](repeating: 0, count: rowCount)
  }

  /// Calls `body` with each code that `sizes` rows share and those rows, ascending; groups come in the order of
  /// their first row.
  mutating func forEachGroup(
    of codes: [UInt64], sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    precondition(codes.count == groupOfRow.count)
    var sizesOfGroups: [Int32] = []
    var codesOfGroups: [UInt64] = []
    slotGroups.withUnsafeMutableBufferPointer { groups in
      slotCodes.withUnsafeMutableBufferPointer { keys in
        groups.update(repeating: -1)
        for row in 0..<codes.count {
          let code = codes[row]
          guard code != Self.none else {
            groupOfRow[row] = -1
            continue
          }
          var slot = Int(truncatingIfNeeded: Hash.mix(code)) & mask
          while groups[slot] >= 0 && keys[slot] != code { slot = (slot + 1) & mask }
          if groups[slot] < 0 {
            groups[slot] = Int32(sizesOfGroups.count)
            keys[slot] = code
            sizesOfGroups.append(0)
            codesOfGroups.append(code)
          }
          groupOfRow[row] = groups[slot]
          sizesOfGroups[Int(groups[slot])] += 1
        }
      }
    }
    groupStarts.removeAll(keepingCapacity: true)
    var total: Int32 = 0
    for size in sizesOfGroups {
      // Groups outside the range get no room; -1 says so.
      let kept = sizes.contains(Int(size))
      groupStarts.append(kept ? total : -1)
      if kept { total += size }
    }
    var next = groupStarts
    for row in 0..<codes.count {
      let group = Int(groupOfRow[row])
      guard group >= 0, next[group] >= 0 else { continue }
      sortedRows[Int(next[group])] = Int32(row)
      next[group] += 1
    }
    sortedRows.withUnsafeBufferPointer { rows in
      for group in groupStarts.indices where groupStarts[group] >= 0 {
        let start = Int(groupStarts[group])
        body(
          codesOfGroups[group], UnsafeBufferPointer(rebasing: rows[start..<start + Int(sizesOfGroups[group])])
        )
      }
    }
  }
}

/// Groups rows by codes of which each row holds many: words, n-grams, patches at any position.
struct InvertedIndex {
  private var pairs: [(code: UInt64, row: Int32)] = []

  /// Rows are added in rising order; a code that a row holds twice counts once.
  mutating func add(_ codes: some Sequence<UInt64>, row: Int) {
    for code in codes { pairs.append((code, Int32(row))) }
  }

  /// Removes codes that fewer than `minCount` pairs have, without sorting: codes are counted by a part of their bits, so
  /// that some of them stay.
  private mutating func dropRare(minCount: Int) {
    var size = 1
    while size < pairs.count { size *= 2 }
    var counts = [UInt8](repeating: 0, count: size)
    for pair in pairs {
      let slot = Int(truncatingIfNeeded: pair.code) & (size - 1)
      if counts[slot] < .max { counts[slot] += 1 }
    }
    pairs.removeAll { Int(counts[Int(truncatingIfNeeded: $0.code) & (size - 1)]) < minCount }
  }

  /// Calls `body` with each code that `sizes` rows share and those rows, ascending; codes rise.
  mutating func forEachGroup(
    sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    dropRare(minCount: sizes.lowerBound)
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

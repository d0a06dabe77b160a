import Numerics

/// Groups rows by a 64-bit code, one code a row: the holders of each value at one place of all samples.
///
/// Open addressing over twice as many slots as rows, then a counting sort, so a grouping costs a few nanoseconds a
/// row and memory does not grow with the number of places. One grouper a thread.
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

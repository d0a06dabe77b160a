import Numerics

/// Groups rows by a 64-bit code, one code a row: the holders of each value at one site.
///
/// Codes find their group in a table, or where they may be anything by open addressing over twice as many slots as rows; then
/// a counting sort. So a grouping costs a few nanoseconds a row and memory does not grow with the number of sites. One grouper
/// a thread.
struct CodeGrouper {
  /// Rows with this code hold nothing.
  static let none = UInt64.max

  private var slotCodes: [UInt64] = []
  private var slotGroups: [Int32] = []
  private var groupOfRow: [Int32]
  private var codesOfGroups: [UInt64] = []
  private var sizesOfGroups: [Int32] = []
  private var sortedRows: [Int32]

  init(rowCount: Int) {
    groupOfRow = [Int32](repeating: -1, count: rowCount)
    sortedRows = [Int32](repeating: 0, count: rowCount)
  }

  /// Calls `body` with each code that `sizes` rows share and those rows, ascending; groups come in the order of
  /// their first row.
  mutating func forEachGroup(
    of codes: [UInt64], sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var size = 16
    while size < 2 * codes.count { size *= 2 }
    let mask = size - 1
    if slotCodes.count < size { slotCodes = [UInt64](repeating: 0, count: size) }
    // Out of `self` while the groups in it change.
    var slotCodes: [UInt64] = []
    swap(&slotCodes, &self.slotCodes)
    slotCodes.withUnsafeMutableBufferPointer { keys in
      group(codes, slots: size) { code, groups in
        var slot = Int(truncatingIfNeeded: Hash.mix(code)) & mask
        while groups[slot] >= 0 && keys[slot] != code { slot = (slot + 1) & mask }
        keys[slot] = code
        return slot
      }
    }
    swap(&slotCodes, &self.slotCodes)
    forEachGroup(sizes: sizes, body)
  }

  /// The same of codes of which each has a slot of its own.
  mutating func forEachGroup(
    of codes: [UInt64], sizes: ClosedRange<Int>, slots: Int, slot: (UInt64) -> Int,
    _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    group(codes, slots: slots) { code, _ in slot(code) }
    forEachGroup(sizes: sizes, body)
  }

  /// - Parameter slot: where a code stands or comes to stand; groups of slots without a code are negative.
  @inline(__always)
  private mutating func group(
    _ codes: [UInt64], slots: Int, _ slot: (UInt64, UnsafeMutableBufferPointer<Int32>) -> Int
  ) {
    precondition(codes.count == groupOfRow.count)
    codesOfGroups.removeAll(keepingCapacity: true)
    sizesOfGroups.removeAll(keepingCapacity: true)
    if slotGroups.count < slots { slotGroups = [Int32](repeating: -1, count: slots) }
    slotGroups.withUnsafeMutableBufferPointer { groups in
      groups.update(repeating: -1)
      for row in 0..<codes.count {
        let code = codes[row]
        guard code != Self.none else {
          groupOfRow[row] = -1
          continue
        }
        let slot = slot(code, groups)
        if groups[slot] < 0 {
          groups[slot] = Int32(sizesOfGroups.count)
          sizesOfGroups.append(0)
          codesOfGroups.append(code)
        }
        groupOfRow[row] = groups[slot]
        sizesOfGroups[Int(groups[slot])] += 1
      }
    }
  }

  private mutating func forEachGroup(
    sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var groupStarts: [Int32] = []
    groupStarts.reserveCapacity(sizesOfGroups.count)
    var total: Int32 = 0
    for size in sizesOfGroups {
      // Groups outside the range get no room; -1 says so.
      let kept = sizes.contains(Int(size))
      groupStarts.append(kept ? total : -1)
      if kept { total += size }
    }
    var next = groupStarts
    for row in groupOfRow.indices {
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

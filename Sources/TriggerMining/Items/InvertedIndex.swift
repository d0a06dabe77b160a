import Numerics

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
    var numbers = CodeNumbers()
    let groups = pairs.map { numbers.number(of: $0.code) }
    var starts: [Int] = []
    starts.reserveCapacity(numbers.counts.count)
    var total = 0
    for count in numbers.counts {
      starts.append(total)
      total += count
    }
    // Not sorted by code and row, but put behind each other as they come, row by row: there are far fewer codes than pairs.
    var ends = starts
    var rows = [Int32](repeating: 0, count: total)
    for (pair, group) in zip(pairs, groups) {
      let (start, end) = (starts[Int(group)], ends[Int(group)])
      if end > start, rows[end - 1] == pair.row { continue }
      rows[end] = pair.row
      ends[Int(group)] = end + 1
    }
    let order = numbers.codes.indices.sorted { numbers.codes[$0] < numbers.codes[$1] }
    rows.withUnsafeBufferPointer { rows in
      for group in order where sizes.contains(ends[group] - starts[group]) {
        body(numbers.codes[group], UnsafeBufferPointer(rebasing: rows[starts[group]..<ends[group]]))
      }
    }
  }
}

/// Numbers codes from 0 in the order in which they first come, by open addressing, and counts each.
private struct CodeNumbers {
  private(set) var codes: [UInt64] = []
  private(set) var counts: [Int] = []
  /// Numbers, -1 where none is; twice as many as codes or more.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  mutating func number(of code: UInt64) -> Int32 {
    var slot = slot(of: code)
    if slots[slot] < 0 {
      if 2 * (codes.count + 1) > slots.count {
        grow()
        slot = self.slot(of: code)
      }
      slots[slot] = Int32(codes.count)
      codes.append(code)
      counts.append(0)
    }
    counts[Int(slots[slot])] += 1
    return slots[slot]
  }

  /// Where the code stands, or comes to stand.
  private func slot(of code: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: Hash.mix(code)) & (slots.count - 1)
    while slots[slot] >= 0, codes[Int(slots[slot])] != code { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for (number, code) in codes.enumerated() { slots[slot(of: code)] = Int32(number) }
  }
}

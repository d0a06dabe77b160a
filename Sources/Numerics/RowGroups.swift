/// Rows in groups, none of them empty, in the order of their first rows; the rows of a group ascend.
///
/// All rows stand in one array: of a million rows most are alone, and a list of its own for each would cost more than all that
/// is asked of the groups.
package struct RowGroups: RandomAccessCollection, Sendable {
  private let rows: [Int]
  /// Group i has the rows at starts[i]..<starts[i + 1].
  private let starts: [Int]

  /// - Parameters:
  ///   - firsts: by row the first row of its group.
  ///   - isKept: asked of the first row, whether its group is one of them.
  package init(firsts: [Int], where isKept: (Int) -> Bool = { _ in true }) {
    var groupOfFirst = [Int](repeating: -1, count: firsts.count)
    var starts = [0]
    for (row, first) in firsts.enumerated() {
      precondition(first <= row, "the first row of a group comes first")
      if first == row, isKept(row) {
        groupOfFirst[row] = starts.count - 1
        starts.append(0)
      }
      if groupOfFirst[first] >= 0 { starts[groupOfFirst[first] + 1] += 1 }
    }
    for group in starts.indices.dropFirst() { starts[group] += starts[group - 1] }
    var next = starts
    var rows = [Int](repeating: 0, count: starts[starts.count - 1])
    for (row, first) in firsts.enumerated() where groupOfFirst[first] >= 0 {
      rows[next[groupOfFirst[first]]] = row
      next[groupOfFirst[first]] += 1
    }
    self.rows = rows
    self.starts = starts
  }

  /// Rows with equal hashes.
  package init(equal hashes: [UInt64]) {
    let bits = UInt64(UInt64.bitWidth - (2 * hashes.count).leadingZeroBitCount)
    // By place the first row with the hash that belongs there, or behind it.
    var table = [Int32](repeating: -1, count: 1 << bits)
    var firsts = [Int](repeating: 0, count: hashes.count)
    for (row, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: Hash.mix(hash)) & (table.count - 1)
      while table[place] >= 0, hashes[Int(table[place])] != hash { place = (place + 1) & (table.count - 1) }
      if table[place] < 0 { table[place] = Int32(row) }
      firsts[row] = Int(table[place])
    }
    self.init(firsts: firsts)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { starts.count - 1 }
  package subscript(group: Int) -> ArraySlice<Int> { rows[starts[group]..<starts[group + 1]] }

  /// Rows of all groups.
  package var rowCount: Int { rows.count }
}

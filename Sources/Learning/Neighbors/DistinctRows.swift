import Numerics

/// The rows of a matrix with those that are alike in values and in label made one item: searching among items
/// instead of rows keeps floods of copies from costing the square of their number.
///
/// Items stand class by class, within a class by their first row, so that a class is one run of items.
struct DistinctRows: Sendable {
  /// Rows of all items, one item after the other, ascending within each.
  private let rows: [Int32]
  /// Item i has the rows at starts[i]..<starts[i + 1].
  private let starts: [Int32]
  /// -1 for none.
  let labels: [Int]
  var count: Int { labels.count }
  func members(_ item: Int) -> ArraySlice<Int32> { rows[Int(starts[item])..<Int(starts[item + 1])] }
  /// By item.
  let firstRows: [Int32]
  func firstRow(_ item: Int) -> Int { Int(firstRows[item]) }

  init(features: DenseMatrix, labels: [Int], excluding excluded: Set<Int>) {
    let firsts = Self.firstAlike(features, labels: labels, excluding: excluded)
    let heads = firsts.indices.filter { firsts[$0] == Int32($0) }.sorted {
      (labels[$0], $0) < (labels[$1], $1)
    }
    var itemOfHead = [Int32](repeating: -1, count: firsts.count)
    for (item, head) in heads.enumerated() { itemOfHead[head] = Int32(item) }
    var starts = [Int32](repeating: 0, count: heads.count + 1)
    for first in firsts where first >= 0 { starts[Int(itemOfHead[Int(first)]) + 1] += 1 }
    for item in heads.indices { starts[item + 1] += starts[item] }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[heads.count]))
    for (row, first) in firsts.enumerated() where first >= 0 {
      let item = Int(itemOfHead[Int(first)])
      rows[Int(next[item])] = Int32(row)
      next[item] += 1
    }
    self.rows = rows
    self.starts = starts
    firstRows = heads.map { Int32($0) }
    self.labels = heads.map { labels[$0] }
  }

  /// For each row the first that is alike; -1 for rows that are excluded. Sorted hashes instead of a table of lists:
  /// one allocation for millions of rows.
  private static func firstAlike(
    _ features: DenseMatrix, labels: [Int], excluding excluded: Set<Int>
  ) -> [Int32] {
    let width = features.columns
    var firsts = [Int32](repeating: -1, count: features.rows)
    features.withUnsafeValues { values in
      var keys: [(hash: UInt64, row: Int32)] = []
      keys.reserveCapacity(features.rows)
      for row in 0..<features.rows where !excluded.contains(row) {
        var hash = UInt64(truncatingIfNeeded: labels[row])
        for j in 0..<width {
          hash = hash &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(values[row * width + j].bitPattern) ^ (hash >> 29)
        }
        keys.append((Hash.mix(hash), Int32(row)))
      }
      keys.sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.row < $1.row }
      // First rows of the items that share the hash: one, unless hashes collide.
      var heads: [Int32] = []
      for (index, key) in keys.enumerated() {
        if index == 0 || keys[index - 1].hash != key.hash { heads.removeAll(keepingCapacity: true) }
        let row = Int(key.row)
        let same = heads.first { head in
          labels[Int(head)] == labels[row]
            && (0..<width).allSatisfy { values[row * width + $0] == values[Int(head) * width + $0] }
        }
        if same == nil { heads.append(key.row) }
        firsts[row] = same ?? key.row
      }
    }
    return firsts
  }

  private init(rows: [Int32], starts: [Int32], labels: [Int]) {
    self.rows = rows
    self.starts = starts
    firstRows = starts.dropLast().map { rows[Int($0)] }
    self.labels = labels
  }

  /// The same items in another order: item i of the result is item `order[i]`.
  func reordered(_ order: [Int]) -> DistinctRows {
    var rows: [Int32] = []
    rows.reserveCapacity(self.rows.count)
    var starts: [Int32] = [0]
    starts.reserveCapacity(order.count + 1)
    for item in order {
      rows.append(contentsOf: members(item))
      starts.append(Int32(rows.count))
    }
    return DistinctRows(rows: rows, starts: starts, labels: order.map { labels[$0] })
  }

  /// The runs of items within `range` that share a label.
  func runs(in range: Range<Int>) -> [(label: Int, items: Range<Int>)] {
    var runs: [(label: Int, items: Range<Int>)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      while end < range.upperBound && labels[end] == labels[start] { end += 1 }
      runs.append((labels[start], start..<end))
      start = end
    }
    return runs
  }
}

/// The rows of a matrix with those that are alike in values and in label made one item: searching among items
/// instead of rows keeps floods of copies from costing the square of their number.
///
/// Items stand class by class, within a class by their first row, so that a class is one run of items.
struct DistinctRows: Sendable {
  /// Rows of each item, ascending.
  let members: [[Int32]]
  let labels: [Int]
  /// Run of items that have the label; keyed by label, -1 for rows without.
  let runs: [Int: Range<Int>]
  var count: Int { members.count }
  func firstRow(_ item: Int) -> Int { Int(members[item][0]) }

  init(features: DenseMatrix, labels: [Int], excluding excluded: Set<Int>) {
    let width = features.columns
    var items: [(label: Int, rows: [Int32])] = []
    features.withUnsafeValues { values in
      var found: [UInt64: [Int]] = [:]
      found.reserveCapacity(features.rows)
      for row in 0..<features.rows where !excluded.contains(row) {
        var hash = UInt64(truncatingIfNeeded: labels[row])
        for j in 0..<width {
          hash = hash &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(values[row * width + j].bitPattern) ^ (hash >> 29)
        }
        hash = SplitMix64.mix(hash)
        let same = found[hash]?.first { item in
          let other = Int(items[item].rows[0])
          return items[item].label == labels[row]
            && (0..<width).allSatisfy { values[row * width + $0] == values[other * width + $0] }
        }
        if let same {
          items[same].rows.append(Int32(row))
        } else {
          found[hash, default: []].append(items.count)
          items.append((labels[row], [Int32(row)]))
        }
      }
    }
    // First rows rise as items are found; the index keeps that order within a class.
    let order = items.indices.sorted { (items[$0].label, $0) < (items[$1].label, $1) }
    members = order.map { items[$0].rows }
    self.labels = order.map { items[$0].label }
    var runs: [Int: Range<Int>] = [:]
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && self.labels[end] == self.labels[start] { end += 1 }
      runs[self.labels[start]] = start..<end
      start = end
    }
    self.runs = runs
  }
}

/// The rows of the node that is looked at: their labels, and one column of them.
struct TreeNodeRows {
  private var labels: [Int]
  private var values: [Float]
  /// Rows of each class in the two halves, below first; zeros between calls.
  private var counts: [Int]
  private var size = 0
  private var above: [Int] = []
  private let classes: Int

  init(rows: Int, classes: Int) {
    labels = [Int](repeating: 0, count: rows)
    values = [Float](repeating: 0, count: rows)
    counts = [Int](repeating: 0, count: 2 * classes)
    self.classes = classes
  }

  var isPure: Bool { !labels[..<size].contains { $0 != labels[0] } }

  mutating func load(labels all: [Int], of rows: ArraySlice<Int>) {
    size = rows.count
    var position = 0
    for row in rows {
      labels[position] = all[row]
      position += 1
    }
  }

  /// Loads a column; returns its minimum and maximum.
  mutating func load(_ columns: TreeColumns, _ column: Int, of rows: ArraySlice<Int>) -> (Float, Float) {
    var low = Float.infinity
    var high = -Float.infinity
    var position = 0
    let base = column * columns.rows
    for row in rows {
      let value = columns.values[base + row]
      values[position] = value
      low = min(low, value)
      high = max(high, value)
      position += 1
    }
    return (low, high)
  }

  /// Σ (count of class)² / size over both halves: Gini's index, turned round. Nil where a half is too small.
  mutating func purity(cut: Float, minLeafRows: Int) -> Double? {
    var sums = (below: 0, above: 0)
    var below = 0
    // (c + 1)² − c² = 2c + 1 keeps the sum of squares without a walk over all classes.
    for position in 0..<size {
      if values[position] < cut {
        let at = labels[position]
        sums.below += 2 * counts[at] + 1
        counts[at] += 1
        below += 1
      } else {
        let at = classes + labels[position]
        sums.above += 2 * counts[at] + 1
        counts[at] += 1
      }
    }
    for position in 0..<size {
      counts[labels[position]] = 0
      counts[classes + labels[position]] = 0
    }
    guard below >= minLeafRows, size - below >= minLeafRows else { return nil }
    return Double(sums.below) / Double(below) + Double(sums.above) / Double(size - below)
  }

  /// Puts the rows below the cut before the others; both stay in their order.
  /// - Returns: where the others begin.
  mutating func split(
    _ bag: inout [Int], _ range: Range<Int>, by columns: TreeColumns, _ column: Int, below cut: Float
  ) -> Int {
    let base = column * columns.rows
    above.removeAll(keepingCapacity: true)
    var middle = range.lowerBound
    for position in range {
      let row = bag[position]
      if columns.values[base + row] < cut {
        bag[middle] = row
        middle += 1
      } else {
        above.append(row)
      }
    }
    bag.replaceSubrange(middle..<range.upperBound, with: above)
    return middle
  }

  /// Share of each class that is there.
  mutating func shares() -> [(label: Int, share: Float)] {
    for position in 0..<size { counts[labels[position]] += 1 }
    var result: [(label: Int, share: Float)] = []
    for position in 0..<size where counts[labels[position]] > 0 {
      result.append((labels[position], Float(counts[labels[position]]) / Float(size)))
      counts[labels[position]] = 0
    }
    return result
  }
}

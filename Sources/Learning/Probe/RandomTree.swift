import Numerics

/// The features with columns instead of rows end to end.
package struct TreeColumns: Sendable {
  package let rows: Int
  package let count: Int
  let values: [Float]
  /// Rows that are not zero, of the columns in which few are; nil for others. Most columns stand for a category.
  private let nonzero: [[Int32]?]
  /// Rows for each of which at most one is not zero where it is worth to go by a list.
  private static let sparsity = 8

  /// - Parameter step: every so many rows are taken, from the first on.
  package init(_ features: DenseMatrix, step: Int = 1) {
    let rows = (features.rows + step - 1) / step
    var values = [Float](repeating: 0, count: rows * features.columns)
    for row in 0..<rows {
      for column in 0..<features.columns { values[column * rows + row] = features[row * step, column] }
    }
    nonzero = (0..<features.columns).map { column in
      let own = values[column * rows..<(column + 1) * rows]
      guard own.count(where: { $0 != 0 }) <= rows / Self.sparsity else { return nil }
      return (0..<rows).filter { own[own.startIndex + $0] != 0 }.map(Int32.init)
    }
    self.rows = rows
    self.values = values
    count = features.columns
  }

  /// Squared distances of a point, [columns], to all rows by some columns.
  package func squaredDistances(of point: ArraySlice<Float>, in chosen: [Int], into distances: inout [Float])
  {
    let count = rows
    distances.withUnsafeMutableBufferPointer { distances in
      distances.update(repeating: 0)
      values.withUnsafeBufferPointer { values in
        guard let sums = distances.baseAddress, let values = values.baseAddress else { return }
        for column in chosen {
          let own = values + column * count
          let value = point[point.startIndex + column]
          if value == 0, let others = nonzero[column] {
            for other in others { sums[Int(other)] += own[Int(other)] * own[Int(other)] }
            continue
          }
          for other in 0..<count {
            let difference = own[other] - value
            sums[other] += difference * difference
          }
        }
      }
    }
  }
}

/// One extremely randomised tree: at each node some columns are sampled, for each one cut between its minimum and
/// maximum, and the cut with the purest halves is kept.
struct RandomTree {
  /// A node with fewer rows is not cut, and no half may have fewer than `minLeafRows`: leaves of one sample
  /// would give probabilities of 0 and 1 only.
  static let minNodeRows = 6
  static let minLeafRows = 2

  private struct Cut {
    var gain: Double
    var column: Int
    var value: Float
  }
  private struct Share {
    var label: Int32
    var share: Float
  }
  private var tree = DecisionTree()
  /// Leaf i has the shares at starts[i]..<starts[i + 1].
  private var shares: [Share] = []
  private var starts: [Int32] = [0]

  /// - Parameter bag: the rows to learn from; reordered.
  init(
    columns: TreeColumns, labels: [Int], classCount: Int, bag: inout [Int], random: inout SeededRandom
  ) {
    let sampled = min(columns.count, max(4, Int(Double(columns.count).squareRoot().rounded(.up))))
    var scratch = Scratch(rows: bag.count, classes: classCount)
    var open = [(node: 0, range: 0..<bag.count)]
    while let (node, range) = open.popLast() {
      var best: Cut?
      scratch.load(labels: labels, of: bag[range])
      if range.count >= Self.minNodeRows && !scratch.isPure {
        for _ in 0..<sampled {
          let column = random.below(columns.count)
          let (low, high) = scratch.load(columns, column, of: bag[range])
          guard low < high else { continue }
          let value = low + Float(random.uniform()) * (high - low)
          guard let gain = scratch.purity(cut: value, minLeafRows: Self.minLeafRows) else { continue }
          if gain > best?.gain ?? -1 { best = Cut(gain: gain, column: column, value: value) }
        }
      }
      guard let best else {
        tree.end(node, leaf: starts.count - 1)
        shares += scratch.shares().map { Share(label: Int32($0.label), share: $0.share) }
        starts.append(Int32(shares.count))
        continue
      }
      let middle = scratch.split(&bag, range, by: columns, best.column, below: best.value)
      let below = tree.cut(node, column: best.column, value: best.value)
      open.append((below, range.lowerBound..<middle))
      open.append((below + 1, middle..<range.upperBound))
    }
  }

  /// Adds the class shares of the leaf of each row that is judged to `sums` [N, K].
  func addShares(
    of features: DenseMatrix, to sums: inout [Float], classCount: Int,
    isJudged: (_ row: Int) -> Bool = { _ in true }
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      shares.withUnsafeBufferPointer { shares in
        starts.withUnsafeBufferPointer { starts in
          tree.forEachLeaf(of: features) { row, leaf in
            guard isJudged(row) else { return }
            for entry in Int(starts[leaf])..<Int(starts[leaf + 1]) {
              sums[row * classCount + Int(shares[entry].label)] += shares[entry].share
            }
          }
        }
      }
    }
  }
}

/// The rows of the node that is looked at: their labels, and one column of them.
private struct Scratch {
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

import Numerics

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
    var nodeRows = TreeNodeRows(rows: bag.count, classes: classCount)
    var open = [(node: 0, range: 0..<bag.count)]
    while let (node, range) = open.popLast() {
      var best: Cut?
      nodeRows.load(labels: labels, of: bag[range])
      if range.count >= Self.minNodeRows && !nodeRows.isPure {
        for _ in 0..<sampled {
          let column = random.below(columns.count)
          let (low, high) = nodeRows.load(columns, column, of: bag[range])
          guard low < high else { continue }
          let value = low + Float(random.uniform()) * (high - low)
          guard let gain = nodeRows.purity(cut: value, minLeafRows: Self.minLeafRows) else { continue }
          if gain > best?.gain ?? -1 { best = Cut(gain: gain, column: column, value: value) }
        }
      }
      guard let best else {
        tree.end(node, leaf: starts.count - 1)
        shares += nodeRows.shares().map { Share(label: Int32($0.label), share: $0.share) }
        starts.append(Int32(shares.count))
        continue
      }
      let middle = nodeRows.split(&bag, range, by: columns, best.column, below: best.value)
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

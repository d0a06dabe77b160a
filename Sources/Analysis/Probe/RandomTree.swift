/// One extremely randomised tree: at each node some columns are drawn, for each one cut between the least and the
/// greatest value, and the cut with the purest halves stays.
struct RandomTree {
  /// A node with fewer rows is not cut, and no half may have fewer than `smallestLeaf`: leaves of one sample
  /// would give probabilities of 0 and 1 only.
  static let smallestNode = 6
  static let smallestLeaf = 2

  private struct Node {
    var column: Int32
    var cut: Float
    /// Index of the node below the cut, its sibling follows; of the leaf where `column` is −1.
    var next: Int32
  }
  private var nodes: [Node] = []
  private var leaves: [[(label: Int, share: Float)]] = []

  /// - Parameter bag: the rows to learn from; reordered.
  init(
    features: DenseMatrix, labels: [Int], classCount: Int, bag: inout [Int], random: inout SeededRandom
  ) {
    let width = features.columns
    let drawn = min(width, max(4, Int(Double(width).squareRoot().rounded(.up))))
    var counts = [Int](repeating: 0, count: classCount)
    nodes = [Node(column: -1, cut: 0, next: 0)]
    var open = [(node: 0, range: 0..<bag.count)]
    features.withUnsafeValues { values in
      while let (node, range) = open.popLast() {
        var best: (gain: Double, column: Int, cut: Float, below: Int)?
        let isPure = !bag[range].contains { labels[$0] != labels[bag[range.lowerBound]] }
        if range.count >= Self.smallestNode && !isPure {
          for _ in 0..<drawn {
            let column = random.below(width)
            var low = Float.infinity
            var high = -Float.infinity
            for row in bag[range] {
              let value = values[row * width + column]
              low = min(low, value)
              high = max(high, value)
            }
            guard low < high else { continue }
            let cut = low + Float(random.uniform()) * (high - low)
            let (gain, below) = Self.purity(range, bag, labels, &counts) { values[$0 * width + column] < cut }
            guard below >= Self.smallestLeaf, range.count - below >= Self.smallestLeaf else { continue }
            if gain > best?.gain ?? -1 { best = (gain, column, cut, below) }
          }
        }
        guard let best else {
          nodes[node].next = Int32(leaves.count)
          leaves.append(Self.shares(bag[range], labels, &counts))
          continue
        }
        let middle = bag[range].partition { !(values[$0 * width + best.column] < best.cut) }
        nodes[node] = Node(column: Int32(best.column), cut: best.cut, next: Int32(nodes.count))
        open.append((nodes.count, range.lowerBound..<middle))
        open.append((nodes.count + 1, middle..<range.upperBound))
        nodes.append(Node(column: -1, cut: 0, next: 0))
        nodes.append(Node(column: -1, cut: 0, next: 0))
      }
    }
  }

  func leaf(of row: Int, in features: DenseMatrix) -> [(label: Int, share: Float)] {
    var node = nodes[0]
    while node.column >= 0 {
      let isBelow = features[row, Int(node.column)] < node.cut
      node = nodes[Int(node.next) + (isBelow ? 0 : 1)]
    }
    return leaves[Int(node.next)]
  }

  /// Σ (count of class)² / size over both halves (Gini's index, turned round), and the size of the lower half.
  /// `counts` comes and goes as zeros.
  private static func purity(
    _ range: Range<Int>, _ bag: [Int], _ labels: [Int], _ counts: inout [Int], _ isBelow: (Int) -> Bool
  ) -> (gain: Double, below: Int) {
    // (c + 1)² − c² = 2c + 1 keeps the sum of squares without a walk over all classes.
    func squares(_ wanted: Bool) -> (sum: Int, size: Int) {
      var sum = 0
      var size = 0
      for row in bag[range] where isBelow(row) == wanted {
        sum += 2 * counts[labels[row]] + 1
        counts[labels[row]] += 1
        size += 1
      }
      for row in bag[range] { counts[labels[row]] = 0 }
      return (sum, size)
    }
    let low = squares(true)
    let high = squares(false)
    return (
      Double(low.sum) / Double(max(1, low.size)) + Double(high.sum) / Double(max(1, high.size)), low.size
    )
  }

  private static func shares(
    _ rows: ArraySlice<Int>, _ labels: [Int], _ counts: inout [Int]
  ) -> [(label: Int, share: Float)] {
    for row in rows { counts[labels[row]] += 1 }
    var result: [(label: Int, share: Float)] = []
    for row in rows where counts[labels[row]] > 0 {
      result.append((labels[row], Float(counts[labels[row]]) / Float(rows.count)))
      counts[labels[row]] = 0
    }
    return result
  }
}

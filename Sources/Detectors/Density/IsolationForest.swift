import Glibc
import Model
import Numerics
import Scanning

/// How few random cuts set a sample apart: 2^(−mean depth / expected depth) over 100 trees of 256 samples each (Liu, Ting
/// & Zhou, "Isolation forest", ICDM 2008). Range 0...1; NaN without finite features.
struct IsolationForest: Detector {
  let info = DetectorInfo(
    name: "isolation", family: .density, summary: "isolated by few random splits")
  static let trees = 100
  static let treeRows = 256
  private static let treesInBlock = 5

  func run(on input: ScanInput) throws -> Detection {
    let rows = (0..<input.count).filter { !input.unusableRows.contains($0) }
    guard input.features.columns > 0, rows.count >= 2 else {
      throw CannotRun("needs features and at least 2 samples")
    }
    let size = min(Self.treeRows, rows.count)
    var depths = [Double](repeating: 0, count: input.count)
    try input.workers.reduce(count: Self.trees, blockSize: Self.treesInBlock, into: &depths) { range in
      var sums = [Double](repeating: 0, count: input.count)
      for tree in range {
        try input.checkCancellation()
        var random = SeededRandom(seed: input.seed, stream: 0x15_0000 + UInt64(tree))
        var bag = (0..<size).map { _ in rows[random.below(rows.count)] }
        let grown = IsolationTree(input.features, bag: &bag, random: &random)
        grown.addDepths(of: rows, in: input.features, to: &sums)
      }
      return sums
    } merge: { total, sums in
      for row in total.indices { total[row] += sums[row] }
    }
    let expected = max(IsolationTree.expectedDepth(size), 1e-9)
    var scores = [Float](repeating: .nan, count: input.count)
    for row in rows { scores[row] = Float(exp2(-depths[row] / Double(Self.trees) / expected)) }
    return Detection(scores: scores)
  }
}

/// Random cuts of random columns until each row is alone, or the depth is the logarithm of the number of rows.
struct IsolationTree {
  private struct Node {
    var column: Int32
    var cut: Float
    /// Index of the node below the cut, its sibling follows.
    var next: Int32
    /// Depth of the leaf with what its rows would still need; of a leaf only.
    var depth: Double
  }
  private var nodes: [Node] = []

  init(_ features: DenseMatrix, bag: inout [Int], random: inout SeededRandom) {
    let limit = Int(log2(Double(max(2, bag.count))).rounded(.up))
    nodes = [Node(column: -1, cut: 0, next: 0, depth: 0)]
    var open = [(node: 0, range: 0..<bag.count, depth: 0)]
    while let (node, range, depth) = open.popLast() {
      guard range.count > 1, depth < limit, let cut = Self.cut(features, bag[range], &random) else {
        nodes[node].depth = Double(depth) + Self.expectedDepth(range.count)
        continue
      }
      let middle = bag[range].partition { !(features[$0, cut.column] < cut.value) }
      nodes[node] = Node(column: Int32(cut.column), cut: cut.value, next: Int32(nodes.count), depth: 0)
      open.append((nodes.count, range.lowerBound..<middle, depth + 1))
      open.append((nodes.count + 1, middle..<range.upperBound, depth + 1))
      nodes.append(Node(column: -1, cut: 0, next: 0, depth: 0))
      nodes.append(Node(column: -1, cut: 0, next: 0, depth: 0))
    }
  }

  /// A cut between the least and the greatest value of a column drawn at random; a few draws, should one be constant.
  private static func cut(
    _ features: DenseMatrix, _ rows: ArraySlice<Int>, _ random: inout SeededRandom
  ) -> (column: Int, value: Float)? {
    for _ in 0..<8 {
      let column = random.below(features.columns)
      var (low, high) = (Float.infinity, -Float.infinity)
      for row in rows {
        low = min(low, features[row, column])
        high = max(high, features[row, column])
      }
      guard low < high else { continue }
      let value = low + Float(random.uniform()) * (high - low)
      if value > low { return (column, value) }
    }
    return nil
  }

  /// Adds the depth of each of some rows to its sum.
  func addDepths(of rows: [Int], in features: DenseMatrix, to sums: inout [Double]) {
    sums.withUnsafeMutableBufferPointer { sums in
      features.withUnsafeValues { values in
        nodes.withUnsafeBufferPointer { nodes in
          for row in rows {
            let own = row * features.columns
            var node = nodes[0]
            while node.column >= 0 {
              let isBelow = values[own + Int(node.column)] < node.cut
              node = nodes[Int(node.next) + (isBelow ? 0 : 1)]
            }
            sums[row] += node.depth
          }
        }
      }
    }
  }

  /// Mean depth of an unsuccessful search in a binary tree of `count` (Liu et al., equation 1).
  static func expectedDepth(_ count: Int) -> Double {
    guard count > 1 else { return 0 }
    let n = Double(count)
    let harmonic = (1..<count).reduce(0.0) { $0 + 1 / Double($1) }
    return 2 * harmonic - 2 * (n - 1) / n
  }
}

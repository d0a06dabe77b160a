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
        grown.addDepths(of: input.features, to: &sums)
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
  private var tree = DecisionTree()
  /// Of each leaf the depth, with what its rows would still need.
  private var depths: [Double] = []

  init(_ features: DenseMatrix, bag: inout [Int], random: inout SeededRandom) {
    let limit = Int(log2(Double(max(2, bag.count))).rounded(.up))
    var open = [(node: 0, range: 0..<bag.count, depth: 0)]
    while let (node, range, depth) = open.popLast() {
      guard range.count > 1, depth < limit, let cut = Self.cut(features, bag[range], &random) else {
        tree.end(node, leaf: depths.count)
        depths.append(Double(depth) + Self.expectedDepth(range.count))
        continue
      }
      let middle = bag[range].partition { !(features[$0, cut.column] < cut.value) }
      let below = tree.cut(node, column: cut.column, value: cut.value)
      open.append((below, range.lowerBound..<middle, depth + 1))
      open.append((below + 1, middle..<range.upperBound, depth + 1))
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

  /// Adds the depth of each row to its sum.
  func addDepths(of features: DenseMatrix, to sums: inout [Double]) {
    sums.withUnsafeMutableBufferPointer { sums in
      depths.withUnsafeBufferPointer { depths in
        tree.forEachLeaf(of: features) { row, leaf in sums[row] += depths[leaf] }
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

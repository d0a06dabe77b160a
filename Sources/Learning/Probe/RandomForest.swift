import Numerics

/// Extremely randomised trees (Geurts, Ernst & Wehenkel, 2006) on bootstrap samples: what they say of the rows that they
/// were grown on, each by the trees that did not see it, and of any others.
package struct RandomForest: Sendable {
  private static let treesInBlock = 5

  /// [N, K] class shares of the rows of `features`; those without a label are judged by every tree.
  package let outOfBag: DenseMatrix
  private let trees: [RandomTree]
  /// [K] shares of the classes among the rows that were learnt from.
  private let prior: [Float]

  /// What some of the trees have come to.
  private struct Grown: Sendable {
    var trees: [RandomTree] = []
    /// [N, K] sums of class shares.
    var sums: [Float]
  }

  /// - Parameters:
  ///   - features: [N, D].
  ///   - labels: [N], below 0 for rows that are judged alone.
  ///   - count: trees.
  /// - Throws: what `checkCancellation` throws.
  package init(
    features: DenseMatrix, labels: [Int], classCount: Int, trees count: Int,
    seed: UInt64, workers: Workers,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    let rows = labels.indices.filter { labels[$0] >= 0 }
    var prior = [Float](repeating: rows.isEmpty ? 1 / Float(classCount) : 0, count: classCount)
    for row in rows { prior[labels[row]] += 1 / Float(rows.count) }
    // A node looks at one column of its rows at a time: columns end to end keep that in the cache.
    let columns = TreeColumns(features)
    var all = Grown(sums: [Float](repeating: 0, count: labels.count * classCount))
    try workers.reduce(count: rows.isEmpty ? 0 : count, blockSize: Self.treesInBlock, into: &all) { range in
      var grown = Grown(sums: [Float](repeating: 0, count: labels.count * classCount))
      for index in range {
        try checkCancellation()
        var random = SeededRandom(seed: seed, stream: 0xF0_0000 + UInt64(index))
        var seen = [Bool](repeating: false, count: labels.count)
        var bag = (0..<min(rows.count, ForestProbe.maxGrown)).map { _ in rows[random.below(rows.count)] }
        for row in bag { seen[row] = true }
        // Rows that rise are read from the columns at several times the speed.
        bag.sort()
        let tree = RandomTree(
          columns: columns, labels: labels, classCount: classCount, bag: &bag, random: &random)
        tree.addShares(of: features, to: &grown.sums, classCount: classCount) { !seen[$0] }
        grown.trees.append(tree)
      }
      return grown
    } merge: { total, grown in
      for index in grown.sums.indices { total.sums[index] += grown.sums[index] }
      total.trees += grown.trees
    }
    trees = all.trees
    self.prior = prior
    outOfBag = Self.shares(all.sums, prior)
  }

  /// [M, K] class shares of rows that no tree has seen, by as many trees as judge a row of the bootstrap samples.
  package func shares(of features: DenseMatrix, workers: Workers) throws -> DenseMatrix {
    var sums = [Float](repeating: 0, count: features.rows * prior.count)
    let judges = trees.prefix(Int((Double(trees.count) * Self.outOfBagShare).rounded(.up)))
    try workers.reduce(count: judges.count, blockSize: Self.treesInBlock, into: &sums) { range in
      var sums = [Float](repeating: 0, count: features.rows * prior.count)
      for tree in judges[range] { tree.addShares(of: features, to: &sums, classCount: prior.count) }
      return sums
    } merge: { total, sums in
      for index in sums.indices { total[index] += sums[index] }
    }
    return Self.shares(sums, prior)
  }

  /// Of a sample's rows, those that a bootstrap sample of its size lacks: 1 / e.
  private static let outOfBagShare = 0.368

  /// Sums to shares. One tree's worth of the prior: no share is quite 0, and a row that every tree saw has a value.
  private static func shares(_ sums: [Float], _ prior: [Float]) -> DenseMatrix {
    let rows = sums.count / prior.count
    var sums = sums
    for row in 0..<rows {
      let range = row * prior.count..<(row + 1) * prior.count
      let weight = sums[range].reduce(1, +)
      for label in prior.indices {
        sums[range.lowerBound + label] = (sums[range.lowerBound + label] + prior[label]) / weight
      }
    }
    return DenseMatrix(rows: rows, columns: prior.count, values: sums)
  }
}

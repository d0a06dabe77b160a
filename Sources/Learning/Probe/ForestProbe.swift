import Glibc
import Numerics

/// Out-of-bag class probabilities of extremely randomised trees (Geurts, Ernst & Wehenkel, 2006) on bootstrap
/// samples: of every sample the mean over the trees that did not see it. Trees follow the curved borders of table
/// data that a linear probe would report as evidence.
package enum ForestProbe {
  /// Trees of a set that each of them is grown on as a whole.
  static let maxTrees = 200
  static let treesInBlock = 5
  /// Samples that a tree is grown on. Of a larger set each tree sees another part, which costs little and makes the trees
  /// differ more (Breiman, "Pasting small votes for classification in large databases and on-line", 1999).
  package static let maxGrown = 16_384

  /// As many as judge each sample as often as those of a small set do: the smaller the part that a tree is grown on, the
  /// more samples are out of its bag.
  package static func trees(samples: Int) -> Int {
    let outOfBag = exp(-Double(min(samples, maxGrown)) / Double(max(1, samples)))
    return Int((Double(maxTrees) * exp(-1) / outOfBag).rounded(.up))
  }

  static func outOfBag(
    features: DenseMatrix, labels: [Int], classCount: Int, excluding excluded: Set<Int>, seed: UInt64,
    workers: Workers, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> DenseMatrix {
    let rows = labels.indices.filter { labels[$0] >= 0 && !excluded.contains($0) }
    var prior = [Float](repeating: 0, count: classCount)
    for row in rows { prior[labels[row]] += 1 / Float(rows.count) }
    // A node looks at one column of its rows at a time: columns end to end keep that in the cache.
    let columns = TreeColumns(features)
    var total = [Float](repeating: 0, count: labels.count * classCount)
    try workers.reduce(
      count: rows.isEmpty ? 0 : trees(samples: rows.count), blockSize: treesInBlock, into: &total
    ) { range in
      var sums = [Float](repeating: 0, count: labels.count * classCount)
      for tree in range {
        try checkCancellation()
        var random = SeededRandom(seed: seed, stream: 0xF0_0000 + UInt64(tree))
        var seen = [Bool](repeating: false, count: labels.count)
        var bag = (0..<min(rows.count, maxGrown)).map { _ in rows[random.below(rows.count)] }
        for row in bag { seen[row] = true }
        // Rows that rise are read from the columns at several times the speed.
        bag.sort()
        let grown = RandomTree(
          columns: columns, labels: labels, classCount: classCount, bag: &bag, random: &random)
        grown.addShares(of: features, unless: seen, to: &sums, classCount: classCount)
      }
      return sums
    } merge: { total, sums in
      for index in sums.indices { total[index] += sums[index] }
    }
    // One tree's worth of the class shares: no probability is quite 0, and a row that every tree saw has a value.
    for row in labels.indices {
      let range = row * classCount..<(row + 1) * classCount
      let weight = total[range].reduce(1, +)
      for label in 0..<classCount {
        total[range.lowerBound + label] =
          (total[range.lowerBound + label] + (rows.isEmpty ? 1 / Float(classCount) : prior[label])) / weight
      }
    }
    return DenseMatrix(rows: labels.count, columns: classCount, values: total)
  }
}

import Glibc
import Numerics

/// Out-of-bag class probabilities of extremely randomised trees (Geurts, Ernst & Wehenkel, 2006) on bootstrap
/// samples: of every sample the mean over the trees that did not see it. Trees follow the curved borders of table
/// data that a linear probe would report as evidence.
package enum ForestProbe {
  /// Trees of a set that each of them is grown on as a whole.
  static let maxTrees = 200
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
    var labels = labels
    for row in excluded { labels[row] = -1 }
    return try RandomForest(
      features: features, labels: labels, classCount: classCount,
      trees: trees(samples: labels.count(where: { $0 >= 0 })), seed: seed, workers: workers,
      checkCancellation: checkCancellation
    ).outOfBag
  }
}

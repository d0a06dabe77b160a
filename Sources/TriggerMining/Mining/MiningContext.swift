import Numerics
import Scanning

/// What the stages of one round share.
struct MiningContext<Source: ItemSource>: Sendable {
  let source: Source
  let input: ScanInput
  /// The labels in play, and what is expected of them without the row itself.
  let expectation: LabelExpectation
  let probe: any HeldOutProbe
  /// Rows with equal values are copies or near copies; nil where every row stands alone.
  let copies: [Int]?
  /// Holders of a candidate whose labels are counted to confirm it; of more, a sample spread evenly.
  let maxConfirmed: Int
  /// ρ of the null, from the third stage on.
  var dispersion = Dispersion.minimum
  /// Logarithm of the number of tests that the candidates are chosen from, from the fourth stage on.
  var logTests = 0.0

  var labels: [Int] { expectation.labels }
  /// log p that is significant after Bonferroni's correction.
  var significance: Double { MiningParameters.logLevel - logTests }
}

/// The labels of a set, and what a probe that leaves each row out expects of them.
package struct LabelExpectation: Sendable {
  let classCount: Int
  /// Given class of each row, -1 for none and for rows that are excluded.
  package let labels: [Int]
  /// 1 / (rows of the same group of copies and the same label), so that copies count once; 0 for rows without a label.
  let weights: [Float]
  /// By row with a label what an item sums over its holders: the weight; times the weight the surprise 1 − q(y), its
  /// expectation and its variance; and the probabilities q.
  let records: WeightedShares
  /// Summed weights of the rows of each class.
  let classSizes: [Float]

  /// - Parameters:
  ///   - probabilities: [N, K] row-major, each row sums to 1.
  ///   - copies: rows with equal values are copies or near copies; nil where every row stands alone.
  package init(labels: [Int], classCount: Int, probabilities: [Float], copies: [Int]?) {
    precondition(probabilities.count == labels.count * classCount)
    self.labels = labels
    self.classCount = classCount
    let weights = Self.weights(labels: labels, copies: copies)
    self.weights = weights
    records = WeightedShares(labels: labels, shares: probabilities, classes: classCount) { row, q in
      Self.surprise(q, label: labels[row], weight: weights[row])
    }
    var sizes = [Float](repeating: 0, count: classCount)
    for row in labels.indices where labels[row] >= 0 { sizes[labels[row]] += weights[row] }
    classSizes = sizes
  }

  @inline(__always)
  static func surprise(_ q: UnsafeBufferPointer<Float>, label: Int, weight: Float) -> SIMD4<Float> {
    var (second, third) = (Float(0), Float(0))
    for value in q {
      let square = value * value
      second += square
      third += square * value
    }
    return SIMD4(
      weight, weight * (1 - q[label]), weight * (1 - second), weight * max(0, third - second * second))
  }

  private static func weights(labels: [Int], copies: [Int]?) -> [Float] {
    guard let copies else { return labels.map { $0 >= 0 ? 1 : 0 } }
    var isCopied = [Bool](repeating: false, count: (copies.max() ?? -1) + 1)
    for (row, group) in copies.enumerated() where group != row { isCopied[group] = true }
    // Of most rows there is no copy.
    var sizes: [SIMD2<Int>: Int] = [:]
    for (row, group) in copies.enumerated() where isCopied[group] {
      sizes[SIMD2(group, labels[row]), default: 0] += 1
    }
    return labels.indices.map { row -> Float in
      if labels[row] < 0 { return 0 }
      return isCopied[copies[row]] ? 1 / Float(sizes[SIMD2(copies[row], labels[row])] ?? 1) : 1
    }
  }
}

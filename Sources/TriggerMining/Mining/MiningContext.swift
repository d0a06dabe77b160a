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
  /// [N, K] row-major, each row sums to 1.
  package let probabilities: [Float]
  /// 1 / (rows of the same group of copies and the same label), so that copies count once; 0 for rows without a label.
  let weights: [Float]
  /// Summed weights of the rows of each class.
  let classSizes: [Float]

  /// - Parameter copies: rows with equal values are copies or near copies; nil where every row stands alone.
  package init(labels: [Int], classCount: Int, probabilities: [Float], copies: [Int]?) {
    precondition(probabilities.count == labels.count * classCount)
    self.labels = labels
    self.classCount = classCount
    self.probabilities = probabilities
    weights = Self.weights(labels: labels, copies: copies)
    var sizes = [Float](repeating: 0, count: classCount)
    for row in labels.indices where labels[row] >= 0 { sizes[labels[row]] += weights[row] }
    classSizes = sizes
  }

  private static func weights(labels: [Int], copies: [Int]?) -> [Float] {
    guard let copies else { return labels.map { $0 >= 0 ? 1 : 0 } }
    let groups = zip(copies, labels).map { SIMD2($0, $1) }
    let sizes = groups.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return groups.map { $0.y < 0 ? 0 : 1 / Float(sizes[$0] ?? 1) }
  }
}

/// The labels of a set, and what a probe that leaves each row out says of them: the q against which the label counts of
/// many items are held to find the few worth a closer look.
package struct LabelExpectation: Sendable {
  let classCount: Int
  /// Given class of each row, -1 for none and for rows that are set aside.
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
    struct Key: Hashable {
      let copy: Int
      let label: Int
    }
    var sizes: [Key: Int] = [:]
    for row in labels.indices { sizes[Key(copy: copies[row], label: labels[row]), default: 0] += 1 }
    return labels.indices.map { row in
      guard labels[row] >= 0, let size = sizes[Key(copy: copies[row], label: labels[row])] else { return 0 }
      return 1 / Float(size)
    }
  }
}

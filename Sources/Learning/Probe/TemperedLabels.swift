import Glibc

/// How probable the labels of some rows are under softmax(scale · scores): what calibrations of a probe maximise. The scale is
/// an inverse temperature (Guo et al., "On calibration of modern neural networks", ICML 2017).
package struct TemperedLabels: Sendable {
  /// [N, K]
  private let scores: [Float]
  private let labels: [Int]
  private let classCount: Int
  /// Those with a label that are looked at, rising.
  package let rows: [Int]

  /// - Parameters:
  ///   - scores: [N, K], any finite numbers, such as logits or logarithms of probabilities.
  ///   - labels: [N], -1 for rows without.
  ///   - maxRows: rows are taken evenly from all that have a label, fewer than twice as many.
  package init(scores: [Float], labels: [Int], classCount: Int, maxRows: Int) {
    self.scores = scores
    self.labels = labels
    self.classCount = classCount
    let labeled = labels.indices.filter { labels[$0] >= 0 }
    let step = max(1, labeled.count / max(1, maxRows))
    rows = stride(from: 0, to: labeled.count, by: step).map { labeled[$0] }
  }

  /// Logarithm of the probability of the label of each of `rows`, without overflow.
  package func logProbabilities(scale: Double) -> [Double] {
    scores.withUnsafeBufferPointer { scores in
      rows.map { row in
        let own = scores[row * classCount..<(row + 1) * classCount]
        var greatest = -Float.infinity
        for score in own { greatest = max(greatest, score) }
        var sum = 0.0
        for score in own { sum += exp(scale * Double(score - greatest)) }
        return scale * Double(own[own.startIndex + labels[row]] - greatest) - log(sum)
      }
    }
  }
}

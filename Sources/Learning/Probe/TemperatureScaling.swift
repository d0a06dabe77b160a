import Glibc
import Numerics

/// One divisor for all logits that makes out-of-fold probabilities as certain as they are right (Guo et al.,
/// 2017).
enum Temperature {
  /// From sharper by four to softer by eight, in steps of about a tenth.
  static let grid = (0...35).map { exp(log(0.25) + Double($0) / 35 * log(32.0)) }
  /// Rows on which it is chosen, spread evenly over all: of many classes fewer, down to a thousand values each.
  static let maxRows = 5000
  static let maxValues = 1_000_000

  /// Turns logits [N, K] into probabilities at the temperature with the least loss on the labeled rows.
  static func apply(to logits: inout [Float], labels: [Int], classes: Int) {
    guard classes > 0 else { return }
    let labeled = labels.indices.filter { labels[$0] >= 0 }
    let step = max(1, labeled.count / min(maxRows, max(1, maxValues / classes)))
    let sample = stride(from: 0, to: labeled.count, by: step).map { labeled[$0] }
    var best = (loss: Double.infinity, temperature: 1.0)
    for temperature in sample.isEmpty ? [] : grid {
      var loss = 0.0
      for row in sample {
        let values = logits[row * classes..<(row + 1) * classes].map { Double($0) / temperature }
        loss += Statistics.logSumExp(values) - values[labels[row]]
      }
      if loss < best.loss { best = (loss, temperature) }
    }
    let scale = Float(1 / best.temperature)
    logits.withUnsafeMutableBufferPointer { logits in
      for index in logits.indices { logits[index] *= scale }
      Softmax.apply(logits, classes: classes)
    }
  }
}

import Glibc
import Numerics

/// One divisor for all logits that makes out-of-fold probabilities as certain as they are right (Guo et al., "On calibration
/// of modern neural networks", ICML 2017). Where labels may be wrong see `NoisyTemperatureScaling`, which takes a share of
/// them for noise.
enum TemperatureScaling {
  /// From sharper by four to softer by eight, in steps of about a tenth.
  static let grid = (0...35).map { exp(log(0.25) + Double($0) / 35 * log(32.0)) }
  /// Rows on which it is chosen, spread evenly over all: of many classes fewer, down to a thousand values each.
  static let maxRows = 5000
  static let maxValues = 1_000_000

  /// Turns logits [N, K] into probabilities at the temperature with the least loss on the labeled rows, 1 without any.
  static func apply(to logits: inout [Float], labels: [Int], classes: Int) {
    guard classes > 0 else { return }
    let scale = Float(1 / bestTemperature(logits, labels, classes))
    logits.withUnsafeMutableBufferPointer { logits in
      for index in logits.indices { logits[index] *= scale }
      Softmax.apply(logits, classes: classes)
    }
  }

  private static func bestTemperature(_ logits: [Float], _ labels: [Int], _ classes: Int) -> Double {
    let sample = TemperedLabels(
      scores: logits, labels: labels, classCount: classes, maxRows: min(maxRows, maxValues / classes))
    var best = (loss: Double.infinity, temperature: 1.0)
    for temperature in sample.rows.isEmpty ? [] : grid {
      let loss = -sample.logProbabilities(scale: 1 / temperature).reduce(0, +)
      if loss < best.loss { best = (loss, temperature) }
    }
    return best.temperature
  }
}

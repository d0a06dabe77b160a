import Glibc
import Model

/// The log likelihood ratio of a score, of poison against the rest: an increasing curve from isotonic regression (Zadrozny
/// & Elkan, KDD 2002) on sets that the score was not fitted on, with equal weights of poison and the rest in each set,
/// interpolated linearly between its points. With weights as they occur it is the log odds of poison.
package struct SuspicionCalibration: Sendable, Equatable, Codable {
  package struct Point: Sendable, Equatable, Codable {
    package var score: Float
    /// log of P(score | poison) / P(score | no poison), or the log odds.
    package var logRatio: Float
  }
  /// Rising in both. Without a point the log ratio is 0: nothing is known.
  package var curve: [Point]

  package init(curve: [Point]) { self.curve = curve }

  var isSound: Bool {
    curve.allSatisfy { $0.score.isFinite && $0.logRatio.isFinite }
      && zip(curve, curve.dropFirst()).allSatisfy { $0.score < $1.score && $0.logRatio <= $1.logRatio }
  }

  /// Of a finite score; beyond the ends of the curve that of the nearer end.
  package func logRatio(_ score: Float) -> Float {
    guard let first = curve.first, let last = curve.last else { return 0 }
    if score <= first.score { return first.logRatio }
    if score >= last.score { return last.logRatio }
    let next = max(1, curve.partitioningIndex { !($0.score <= score) })
    let (low, high) = (curve[next - 1], curve[next])
    let part = (score - low.score) / (high.score - low.score)
    return low.logRatio + part * (high.logRatio - low.logRatio)
  }

  /// Log odds that a step of one in the score stands for, over the whole curve: the scale of explanations.
  package var slope: Float {
    guard let first = curve.first, let last = curve.last, last.score > first.score else { return 1 }
    return (last.logRatio - first.logRatio) / (last.score - first.score)
  }
}

extension SuspicionCalibration {
  /// What a score that was not fitted on the sample's set says of a sample whose truth is known.
  struct Sample {
    var score: Float
    var isPoison: Bool
    var weight: Double
  }

  /// No share is read as surer than this.
  private static let shares = 1e-3...0.999

  /// Pool adjacent violators (Ayer et al., 1955) on equal blocks of weight.
  /// - Parameter minWeight: of all weight, below which a step of the curve is no share but chance.
  init(_ samples: [Sample], minWeight: Double = 0.002) {
    struct Block {
      var score = 0.0
      var poison = 0.0
      var weight = 0.0
      var share: Double { poison / weight }
    }
    let total = samples.reduce(0.0) { $0 + $1.weight }
    var blocks: [Block] = []
    var open = Block()
    func close() {
      blocks.append(open)
      open = Block()
      while blocks.count > 1, blocks[blocks.count - 2].share >= blocks[blocks.count - 1].share {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].score += last.score
        blocks[blocks.count - 1].poison += last.poison
        blocks[blocks.count - 1].weight += last.weight
      }
    }
    for sample in samples.sorted(by: { $0.score < $1.score }) {
      open.score += sample.weight * Double(sample.score)
      open.poison += sample.isPoison ? sample.weight : 0
      open.weight += sample.weight
      if open.weight >= minWeight * total { close() }
    }
    if open.weight > 0 { close() }
    curve = []
    for block in blocks {
      let score = Float(block.score / block.weight)
      guard curve.last.map({ score > $0.score }) ?? true else { continue }
      let share = min(max(block.share, Self.shares.lowerBound), Self.shares.upperBound)
      curve.append(Point(score: score, logRatio: Float(log(share / (1 - share)))))
    }
  }
}

/// How much of a set is poison: the share under which the mean of the samples' probabilities is the share itself, by
/// expectation maximisation (Saerens, Latinne & Decaestecker, "Adjusting the outputs of a classifier to new a priori
/// probabilities", 2002), pulled towards none as by 29 more samples that are clean.
package struct Prevalence: Sendable, Equatable {
  /// 1e-5...0.6
  package let share: Double
  private static let start = 0.02
  private static let cleanSamples = 29.0
  private static let rounds = 100

  package init(logRatios: [Float]) {
    var share = Self.start
    for _ in 0..<Self.rounds {
      let offset = log(share / (1 - share))
      let sum = logRatios.reduce(0.0) { $0 + 1 / (1 + exp(-(Double($1) + offset))) }
      let next = min(max(sum / (Double(logRatios.count) + Self.cleanSamples), 1e-5), 0.6)
      guard abs(next - share) > 1e-4 * share else { break }
      share = next
    }
    self.share = share
  }

  /// What it adds to the logarithm of a ratio.
  var logOdds: Float { Float(log(share / (1 - share))) }
}

import Glibc
import Learning
import Numerics

/// Probabilities from scores: q = (1 - ε) · softmax(β · score) + ε · prior. A probe is overconfident where labels carry
/// noise, and a few flipped samples that share a harmless item would then look like a trigger. Both parameters are
/// fitted by maximum likelihood: β is an inverse temperature (Guo et al., 2017, "On calibration of modern neural
/// networks"), ε the share of labels that are drawn from the class prior, independently of the sample.
package struct NoisyTemperatureScaling: Sendable, Equatable {
  package var scale: Double
  package var noise: Double
  package var prior: [Double]
  /// Labels that the prior was counted from, one more a class.
  let total: Double

  /// β from an eighth to 32 in steps of √2, ε from 0.002 to 0.4. Grids, not a search: the likelihood is flat near
  /// its top, and a step moves no z by more than a few per cent.
  static let scales = (0...16).map { 0.125 * exp2(Double($0) / 2) }
  static let noises = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4]
  /// Rows on which it is chosen, spread evenly over all: two parameters need no more.
  static let maxRows = 2_000

  /// - Parameters:
  ///   - scores: [N, K], any real numbers, such as logits or logarithms of probabilities.
  ///   - labels: -1 for rows without.
  package static func fit(scores: [Float], labels: [Int], classCount: Int) -> NoisyTemperatureScaling {
    var counts = [Double](repeating: 1, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    var best = NoisyTemperatureScaling(
      scale: 1, noise: noises[0], prior: counts.map { $0 / total }, total: total)
    let sample = TemperedLabels(scores: scores, labels: labels, classCount: classCount, maxRows: maxRows)
    let priors = sample.rows.map { best.prior[labels[$0]] }
    var bestLikelihood = -Double.infinity
    for scale in scales {
      let own = sample.logProbabilities(scale: scale).map { exp($0) }
      for noise in noises {
        var likelihood = 0.0
        for (p, prior) in zip(own, priors) { likelihood += log((1 - noise) * p + noise * prior) }
        if likelihood > bestLikelihood {
          bestLikelihood = likelihood
          best.scale = scale
          best.noise = noise
        }
      }
    }
    return best
  }

  /// Turns scores of a probe that did not see `holders` into probabilities. Where they were a good part of a class the
  /// probe takes it for rarer than it is; the probabilities are those under the class shares of the whole set (Saerens,
  /// Latinne & Decaestecker, 2002).
  func apply(to scores: [Float], without holders: [Int32], labels: [Int]) -> [Float] {
    var left = prior.map { $0 * total }
    for row in holders where labels[Int(row)] >= 0 { left[labels[Int(row)]] -= 1 }
    let ratios = zip(prior, left).map { Float($0 * total / max(1, $1)) }
    var result = apply(to: scores)
    for first in stride(from: 0, to: result.count, by: prior.count) {
      var sum: Float = 0
      for k in prior.indices {
        result[first + k] *= ratios[k]
        sum += result[first + k]
      }
      for k in prior.indices { result[first + k] /= sum }
    }
    return result
  }

  /// Turns each row of scores into probabilities.
  package func apply(to scores: [Float]) -> [Float] {
    let classCount = prior.count
    guard classCount > 0 else { return scores }
    var result = scores
    for first in stride(from: 0, to: scores.count, by: classCount) {
      let values = (0..<classCount).map { scale * Double(scores[first + $0]) }
      let total = Statistics.logSumExp(values)
      for k in 0..<classCount {
        result[first + k] = Float((1 - noise) * exp(values[k] - total) + noise * prior[k])
      }
    }
    return result
  }
}

import Glibc
import Model

/// What the rest of a sample says of its label: the q against which an item's labels are counted.
///
/// Natural words and strokes go with classes, so an item's label count means nothing against the class prior;
/// it is held against out-of-fold probabilities of a probe on input-space features instead
/// (`ScanInput.inputProbabilities`). Such a probe is too sure where labels carry noise, and a few flipped samples
/// that share a harmless item would then look like a trigger. Two parameters fitted by maximum likelihood on the
/// labels mend that: a temperature (Guo et al., 2017, "On calibration of modern neural networks") and a share ε of
/// labels that are drawn from the class prior whatever the sample says.
package struct LabelExpectation: Sendable {
  let count: Int
  let classCount: Int
  /// Given class of each row, -1 for none.
  let labels: [Int32]
  /// [N, K] row-major, each row sums to 1.
  package let probabilities: [Float]
  /// 1 / (rows with the same payload and label), so that copies count once; 0 for rows without a label.
  let weights: [Float]
  /// 1 - q(y) of each row, its expectation 1 - Σq² and its variance Σq³ - (Σq²)².
  let surprise: [Float]
  let expectedSurprise: [Float]
  let surpriseVariance: [Float]

  /// - Parameter copies: rows with equal values are the same payload; nil where every row stands alone.
  package init(labels: [Int], probabilities: DenseMatrix, copies: [UInt64]?) {
    count = labels.count
    classCount = probabilities.columns
    self.labels = labels.map(Int32.init)
    let calibration = Calibration.fit(labels: labels, probabilities: probabilities)
    let q = calibration.apply(to: probabilities)
    self.probabilities = q
    weights = Self.weights(labels: labels, copies: copies)
    var surprise = [Float](repeating: 0, count: count)
    var expected = surprise
    var variance = surprise
    for row in 0..<count where labels[row] >= 0 {
      var squares: Float = 0
      var cubes: Float = 0
      for k in row * classCount..<(row + 1) * classCount {
        squares += q[k] * q[k]
        cubes += q[k] * q[k] * q[k]
      }
      surprise[row] = 1 - q[row * classCount + labels[row]]
      expected[row] = 1 - squares
      variance[row] = max(0, cubes - squares * squares)
    }
    self.surprise = surprise
    expectedSurprise = expected
    surpriseVariance = variance
  }

  private static func weights(labels: [Int], copies: [UInt64]?) -> [Float] {
    guard let copies else { return labels.map { $0 >= 0 ? 1 : 0 } }
    struct Key: Hashable {
      let copy: UInt64
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

/// q' = (1 - ε) · normalise(q^τ) + ε · prior.
struct Calibration: Sendable, Equatable {
  var power: Double
  var noise: Double
  var prior: [Double]

  /// Maximises the likelihood of the labels over a grid: τ in 0.4...1.2, ε in 0...0.4. A grid, not a search: the
  /// likelihood is flat near its top, and a step of the grid moves no z by more than a few per cent.
  static func fit(labels: [Int], probabilities: DenseMatrix) -> Calibration {
    let classCount = probabilities.columns
    var counts = [Double](repeating: 1, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    let prior = counts.map { $0 / total }
    // At most about 20,000 rows: two parameters need no more.
    let rows = stride(from: 0, to: labels.count, by: max(1, labels.count / 20_000)).filter { labels[$0] >= 0 }
    var best = Calibration(power: 1, noise: 0.005, prior: prior)
    var bestLikelihood = -Double.infinity
    for power in [0.4, 0.55, 0.7, 0.85, 1, 1.2] {
      let own = rows.map { row -> Double in
        var sum = 0.0
        for k in 0..<classCount { sum += pow(clipped(probabilities[row, k]), power) }
        return pow(clipped(probabilities[row, labels[row]]), power) / sum
      }
      for noise in [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4] {
        var likelihood = 0.0
        for (index, row) in rows.enumerated() {
          likelihood += log((1 - noise) * own[index] + noise * prior[labels[row]])
        }
        if likelihood > bestLikelihood {
          bestLikelihood = likelihood
          best = Calibration(power: power, noise: noise, prior: prior)
        }
      }
    }
    return best
  }

  func apply(to probabilities: DenseMatrix) -> [Float] {
    let classCount = probabilities.columns
    var result = [Float](repeating: 0, count: probabilities.rows * classCount)
    var row = [Double](repeating: 0, count: classCount)
    for index in 0..<probabilities.rows {
      var sum = 0.0
      for k in 0..<classCount {
        row[k] = pow(Self.clipped(probabilities[index, k]), power)
        sum += row[k]
      }
      for k in 0..<classCount {
        result[index * classCount + k] = Float((1 - noise) * row[k] / sum + noise * prior[k])
      }
    }
    return result
  }

  /// NaN counts as 0.
  private static func clipped(_ q: Float) -> Double { q > 1e-6 ? min(Double(q), 1) : 1e-6 }
}

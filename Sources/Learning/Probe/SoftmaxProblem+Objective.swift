import Glibc
import Numerics

/// The objective that `fit` minimises, and its gradient.
extension SoftmaxProblem {
  /// What rows add to the objective.
  struct Sums: Sendable {
    var loss = 0.0
    /// Of the logits' part of the loss, as the weights are laid out.
    var gradient: [Float]
    /// [K, K], row y: the sum of the probabilities of the samples labeled y; empty for plain training.
    var shares: [Float]

    init(_ problem: SoftmaxProblem) {
      gradient = [Float](repeating: 0, count: (problem.width + 1) * problem.classes)
      shares = problem.radius > 0 ? [Float](repeating: 0, count: problem.classes * problem.classes) : []
    }

    mutating func merge(_ other: Sums) {
      loss += other.loss
      for index in gradient.indices { gradient[index] += other.gradient[index] }
      for index in shares.indices { shares[index] += other.shares[index] }
    }
  }

  /// The share of each class is a good start, and the optimum where the features are uninformative.
  func beginning(_ runs: [Range<Int>]) -> (weights: [Float], count: Double) {
    var counts = [Double](repeating: 0, count: classes)
    for run in runs {
      for row in run where labels[row] >= 0 { counts[labels[row]] += 1 }
    }
    let total = counts.reduce(0, +)
    var weights = [Float](repeating: 0, count: (width + 1) * classes)
    for j in 0..<classes { weights[width * classes + j] = Float(log((counts[j] + 0.5) / (total + 1))) }
    return (weights, total)
  }

  func separations(_ point: [Float]) -> [Float] { radius > 0 ? distances(point) : [] }

  func add(_ rows: Range<Int>, _ point: [Float], _ separations: [Float], to sums: inout Sums) {
    let errors = errors(rows, point, separations, &sums.loss, &sums.shares)
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      for index in 0..<rows.count {
        for j in 0..<classes { gradient[width * classes + j] += errors[index * classes + j] }
      }
      values.withUnsafeBufferPointer { values in
        errors.withUnsafeBufferPointer { errors in
          guard let x = values.baseAddress, let g = gradient.baseAddress, let e = errors.baseAddress else {
            return
          }
          BLAS.gemm(
            m: width, n: classes, k: rows.count, x + rows.lowerBound * width, lda: width, transposeA: true, e,
            ldb: classes, beta: 1, g, ldc: classes)
        }
      }
    }
  }

  /// p − e_y of each row in the worst case; zero without a label.
  private func errors(
    _ rows: Range<Int>, _ point: [Float], _ separations: [Float], _ loss: inout Double,
    _ shares: inout [Float]
  ) -> [Float] {
    var block = logits(rows, weights: point)
    var own = [Float](repeating: 0, count: rows.count)
    block.withUnsafeMutableBufferPointer { block in
      for (index, row) in rows.enumerated() where labels[row] >= 0 {
        let (first, label) = (index * classes, labels[row])
        if radius > 0 {
          for j in 0..<classes { block[first + j] += radius * separations[label * classes + j] }
        }
        own[index] = block[first + label]
      }
      let logSums = Softmax.apply(block, classes: classes)
      for (index, row) in rows.enumerated() {
        let (first, label) = (index * classes, labels[row])
        guard label >= 0 else {
          for j in 0..<classes { block[first + j] = 0 }
          continue
        }
        loss += Double(logSums[index] - own[index])
        if radius > 0 {
          for j in 0..<classes { shares[label * classes + j] += block[first + j] }
        }
        block[first + label] -= 1
      }
    }
    return block
  }

  /// Mean loss with its penalty, and the gradient.
  func mean(
    _ sums: Sums, _ point: [Float], _ separations: [Float], count: Double, _ gradient: inout [Float]
  ) -> Double {
    gradient = sums.gradient
    if radius > 0 { addSeparationGradient(sums.shares, point, separations, to: &gradient) }
    let scale = Float(1 / count)
    let decay = Float(Self.penalty / count)
    var square = 0.0
    for index in gradient.indices {
      gradient[index] *= scale
      guard index < width * classes else { continue }
      gradient[index] += decay * point[index]
      square += Double(point[index] * point[index])
    }
    return sums.loss / count + 0.5 * Self.penalty / count * square
  }

  /// The gradient of Σ p_k r‖w_k − w_y‖: with a_yk = r Σ p_k / ‖w_k − w_y‖ for both orders of k and y together, it is
  /// Σ_y a_yk (w_k − w_y) for class k.
  private func addSeparationGradient(
    _ shares: [Float], _ point: [Float], _ separations: [Float], to gradient: inout [Float]
  ) {
    var coefficients = [Float](repeating: 0, count: classes * classes)
    for y in 0..<classes {
      for k in 0..<classes where separations[y * classes + k] > 0 {
        let share = radius * shares[y * classes + k] / separations[y * classes + k]
        coefficients[y * classes + k] -= share
        coefficients[k * classes + y] -= share
      }
    }
    for k in 0..<classes {
      coefficients[k * classes + k] = -(0..<classes).reduce(0) {
        $0 + (k == $1 ? 0 : coefficients[$1 * classes + k])
      }
    }
    gradient.withUnsafeMutableBufferPointer { gradient in
      point.withUnsafeBufferPointer { point in
        coefficients.withUnsafeBufferPointer { coefficients in
          guard let g = gradient.baseAddress, let w = point.baseAddress, let a = coefficients.baseAddress
          else {
            return
          }
          BLAS.gemm(
            m: width, n: classes, k: classes, w, lda: classes, a, ldb: classes, beta: 1, g, ldc: classes)
        }
      }
    }
  }
}

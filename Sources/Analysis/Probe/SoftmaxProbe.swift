import Glibc

/// Cross-validated multinomial logistic regression on standardised features: of every sample the class
/// probabilities under a model that was fitted without its fold.
enum SoftmaxProbe {
  /// Weight of ½‖W‖² against the sum of the losses. On standardised features ten keeps weights below about one
  /// where classes can be separated, so that few samples in many dimensions do not become certainty.
  static let penalty = 10.0
  static let mostIterations = 60
  static let fewestIterations = 8
  /// Floating-point operations that all folds may cost together; more classes get fewer iterations.
  static let operations = 2e12
  static let blockRows = 2048

  /// [N, K] probabilities; rows with label −1 are predicted, not learnt from.
  static func outOfFold(
    features: DenseMatrix, labels: [Int], classCount: Int, excluding excluded: Set<Int>, seed: UInt64,
    workers: Workers, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> DenseMatrix {
    let folds = Folds(labels: labels, seed: seed)
    let standard = FeatureBuilder.standardized(features, excluding: excluded)
    // Fold after fold, so that a training set is two runs of rows and nothing is gathered again.
    let order = folds.rows.flatMap { $0 }
    let problem = Problem(
      width: features.columns, classes: classCount, values: Products.gather(standard, rows: order),
      labels: order.map { excluded.contains($0) ? -1 : labels[$0] })
    var starts = [0]
    for fold in folds.rows { starts.append(starts[starts.count - 1] + fold.count) }
    let bounds = starts
    let cost =
      4 * Double(order.count) * Double(features.columns + 1) * Double(classCount) * Double(folds.rows.count)
    let iterations = max(fewestIterations, min(mostIterations, Int(operations / max(cost, 1))))
    let logits = try workers.map(count: folds.rows.count, blockSize: 1) { fold in
      let held = bounds[fold.lowerBound]..<bounds[fold.upperBound]
      let weights = try problem.fit(
        without: held, iterations: iterations, checkCancellation: checkCancellation)
      return problem.logits(held, weights: weights)
    }
    var scaled = DenseMatrix(rows: order.count, columns: classCount, joining: logits).values
    Temperature.apply(to: &scaled, labels: problem.labels, classes: classCount)
    var values = [Float](repeating: 0, count: scaled.count)
    for (place, row) in order.enumerated() {
      for j in 0..<classCount { values[row * classCount + j] = scaled[place * classCount + j] }
    }
    return DenseMatrix(rows: labels.count, columns: classCount, values: values)
  }

  struct Problem: Sendable {
    let width: Int
    let classes: Int
    let values: [Float]
    let labels: [Int]

    /// Weights [D, K], then K biases.
    func fit(
      without held: Range<Int>, iterations: Int, checkCancellation: () throws -> Void
    ) throws -> [Float] {
      let runs = [0..<held.lowerBound, held.upperBound..<labels.count]
      var counts = [Double](repeating: 0, count: classes)
      for run in runs {
        for row in run where labels[row] >= 0 { counts[labels[row]] += 1 }
      }
      let total = counts.reduce(0, +)
      var start = [Float](repeating: 0, count: (width + 1) * classes)
      // The share of each class is a good beginning, and all there is where features say nothing.
      for j in 0..<classes { start[width * classes + j] = Float(log((counts[j] + 0.5) / (total + 1))) }
      guard total > 0, width > 0 else { return start }
      return try LBFGS.minimize(start, iterations: iterations, tolerance: 1e-3) { point, gradient in
        try checkCancellation()
        return loss(point, &gradient, runs: runs, count: total)
      }
    }

    /// Mean loss with its penalty, and the gradient.
    private func loss(
      _ point: [Float], _ gradient: inout [Float], runs: [Range<Int>], count: Double
    ) -> Double {
      for index in gradient.indices { gradient[index] = 0 }
      var loss = 0.0
      var block = [Float](repeating: 0, count: SoftmaxProbe.blockRows * classes)
      for run in runs {
        for first in stride(from: run.lowerBound, to: run.upperBound, by: SoftmaxProbe.blockRows) {
          let rows = first..<min(first + SoftmaxProbe.blockRows, run.upperBound)
          logits(rows, weights: point, into: &block)
          values.withUnsafeBufferPointer { values in
            gradient.withUnsafeMutableBufferPointer { gradient in
              block.withUnsafeMutableBufferPointer { block in
                guard let x = values.baseAddress, let g = gradient.baseAddress, let p = block.baseAddress
                else {
                  return
                }
                for (index, row) in rows.enumerated() {
                  let at = index * classes
                  let probabilities = UnsafeMutableBufferPointer(start: p + at, count: classes)
                  guard labels[row] >= 0 else {
                    probabilities.update(repeating: 0)
                    continue
                  }
                  let own = probabilities[labels[row]]
                  loss += Double(Softmax.apply(probabilities) - own)
                  probabilities[labels[row]] -= 1
                  for j in 0..<classes { g[width * classes + j] += probabilities[j] }
                }
                BLAS.gemm(
                  m: width, n: classes, k: rows.count, x + first * width, lda: width, transposeA: true, p,
                  ldb: classes, beta: 1, g, ldc: classes)
              }
            }
          }
        }
      }
      let scale = Float(1 / count)
      let pull = Float(SoftmaxProbe.penalty / count)
      var square = 0.0
      for index in gradient.indices {
        gradient[index] *= scale
        guard index < width * classes else { continue }
        gradient[index] += pull * point[index]
        square += Double(point[index] * point[index])
      }
      return loss / count + 0.5 * SoftmaxProbe.penalty / count * square
    }

    func logits(_ rows: Range<Int>, weights: [Float]) -> [Float] {
      var result = [Float](repeating: 0, count: rows.count * classes)
      logits(rows, weights: weights, into: &result)
      return result
    }

    private func logits(_ rows: Range<Int>, weights: [Float], into block: inout [Float]) {
      block.withUnsafeMutableBufferPointer { block in
        values.withUnsafeBufferPointer { values in
          weights.withUnsafeBufferPointer { weights in
            guard let x = values.baseAddress, let w = weights.baseAddress, let c = block.baseAddress else {
              return
            }
            for index in 0..<rows.count {
              (c + index * classes).update(from: w + width * classes, count: classes)
            }
            BLAS.gemm(
              m: rows.count, n: classes, k: width, x + rows.lowerBound * width, lda: width, w, ldb: classes,
              beta: 1, c, ldc: classes)
          }
        }
      }
    }
  }
}

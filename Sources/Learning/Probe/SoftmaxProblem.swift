import Numerics

/// Multinomial logistic regression with a penalty, plain or against the worst case: that every sample is moved, within
/// `radius`, to where its loss is greatest. A move of length r takes the logit of class k nearer to that of label y by
/// at most r‖w_k − w_y‖, and the loss with all of these added is exact for two classes (Goodfellow, Shlens & Szegedy,
/// "Explaining and harnessing adversarial examples", ICLR 2015, section 5) and a convex upper bound for more.
package struct SoftmaxProblem: Sendable {
  /// Weight of ½‖W‖² against the sum of the losses. On standardised features ten keeps weights below about one
  /// where classes can be separated, so that few samples in many dimensions do not become certainty.
  static let penalty = 10.0
  /// Rows whose logits and gradients are computed together.
  package static let blockRows = 2048

  /// D
  let width: Int
  /// K
  package let classes: Int
  /// [N, D], standardised.
  let values: [Float]
  /// −1 for rows that are not learnt from.
  package let labels: [Int]
  /// Euclidean; 0 for plain training.
  package var radius: Float = 0

  package init(width: Int, classes: Int, values: [Float], labels: [Int], radius: Float = 0) {
    self.width = width
    self.classes = classes
    self.values = values
    self.labels = labels
    self.radius = radius
  }

  /// Weights [D, K], then K biases, learnt from all rows but `held`, on the calling thread.
  func fit(without held: Range<Int>, iterations: Int, checkCancellation: () throws -> Void) throws -> [Float]
  {
    let runs = [0..<held.lowerBound, held.upperBound..<labels.count]
    let (start, count) = beginning(runs)
    guard count > 0, width > 0 else { return start }
    return try LBFGS.minimize(start, iterations: iterations, tolerance: 1e-3) { point, gradient in
      try checkCancellation()
      let separations = separations(point)
      var sums = Sums(self)
      for run in runs {
        for first in stride(from: run.lowerBound, to: run.upperBound, by: Self.blockRows) {
          add(first..<min(first + Self.blockRows, run.upperBound), point, separations, to: &sums)
        }
      }
      return mean(sums, point, separations, count: count, &gradient)
    }
  }

  /// Weights [D, K], then K biases, learnt from all rows in blocks that run in parallel; from `start` on where there is
  /// one.
  package func fit(
    from start: [Float]? = nil, iterations: Int, workers: Workers, checkCancellation: () throws -> Void
  ) throws -> [Float] {
    let (beginning, count) = beginning([0..<labels.count])
    guard count > 0, width > 0 else { return beginning }
    return try LBFGS.minimize(start ?? beginning, iterations: iterations, tolerance: 1e-3) {
      point, gradient in
      try checkCancellation()
      let separations = separations(point)
      var sums = Sums(self)
      try workers.reduce(count: labels.count, blockSize: Self.blockRows, into: &sums) { rows in
        var part = Sums(self)
        add(rows, point, separations, to: &part)
        return part
      } merge: {
        $0.merge($1)
      }
      return mean(sums, point, separations, count: count, &gradient)
    }
  }

  /// [rows, K].
  package func logits(_ rows: Range<Int>, weights: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: rows.count * classes)
    result.withUnsafeMutableBufferPointer { result in
      for index in 0..<rows.count {
        for j in 0..<classes { result[index * classes + j] = weights[width * classes + j] }
      }
      values.withUnsafeBufferPointer { values in
        weights.withUnsafeBufferPointer { weights in
          guard let x = values.baseAddress, let w = weights.baseAddress, let c = result.baseAddress else {
            return
          }
          BLAS.gemm(
            m: rows.count, n: classes, k: width, x + rows.lowerBound * width, lda: width, w, ldb: classes,
            beta: 1, c, ldc: classes)
        }
      }
    }
    return result
  }

  /// [K, K]: ‖w_k − w_y‖.
  package func distances(_ weights: [Float]) -> [Float] {
    var products = [Float](repeating: 0, count: classes * classes)
    weights.withUnsafeBufferPointer { weights in
      products.withUnsafeMutableBufferPointer { products in
        guard let w = weights.baseAddress, let c = products.baseAddress else { return }
        BLAS.gemm(
          m: classes, n: classes, k: width, w, lda: classes, transposeA: true, w, ldb: classes, c,
          ldc: classes)
      }
    }
    let squares = (0..<classes).map { products[$0 * classes + $0] }
    for y in 0..<classes {
      for k in 0..<classes {
        let square = squares[y] + squares[k] - 2 * products[y * classes + k]
        products[y * classes + k] = y == k ? 0 : max(0, square).squareRoot()
      }
    }
    return products
  }
}

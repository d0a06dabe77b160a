import Features
import Glibc
import Numerics

/// Cross-validated multinomial logistic regression on standardised features: of every sample the class
/// probabilities under a model that was fitted without its fold.
enum SoftmaxProbe {
  static let maxIterations = 60
  static let minIterations = 8
  /// Floating-point operations that all folds may cost together; more classes get fewer iterations.
  static let operations = 2e12

  /// [N, K] probabilities; rows with label −1 are predicted, not learnt from.
  static func outOfFold(
    features: DenseMatrix, labels: [Int], classCount: Int, excluding excluded: Set<Int>, seed: UInt64,
    workers: Workers, checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> DenseMatrix {
    let folds = Folds(labels: labels, seed: seed)
    // Fold after fold, so that a training set is two runs of rows and nothing is gathered again.
    let order = folds.rows.flatMap { $0 }
    let standard = try FeatureBuilder.standardized(
      features, excluding: excluded, rows: order, workers: workers)
    let problem = SoftmaxProblem(
      width: features.columns, classes: classCount, values: standard.values,
      labels: order.map { excluded.contains($0) ? -1 : labels[$0] })
    var starts = [0]
    for fold in folds.rows { starts.append(starts[starts.count - 1] + fold.count) }
    let bounds = starts
    let cost =
      4 * Double(order.count) * Double(features.columns + 1) * Double(classCount) * Double(folds.rows.count)
    let iterations = max(minIterations, min(maxIterations, Int(operations / max(cost, 1))))
    let logits = try workers.map(count: folds.rows.count, blockSize: 1) { fold in
      let held = bounds[fold.lowerBound]..<bounds[fold.upperBound]
      let weights = try problem.fit(
        without: held, iterations: iterations, checkCancellation: checkCancellation)
      return problem.logits(held, weights: weights)
    }
    var scaled = DenseMatrix(rows: order.count, columns: classCount, joining: logits).values
    TemperatureScaling.apply(to: &scaled, labels: problem.labels, classes: classCount)
    var values = [Float](repeating: 0, count: scaled.count)
    for (position, row) in order.enumerated() {
      for j in 0..<classCount { values[row * classCount + j] = scaled[position * classCount + j] }
    }
    return DenseMatrix(rows: labels.count, columns: classCount, values: values)
  }
}

import Glibc

/// Softmax regression by full-batch gradient descent with momentum on standardised features, so that one can watch how
/// it learns: the logits of every sample after every epoch, of a model that has seen the sample.
struct EpochProbe: Sendable {
  static let mostEpochs = 30
  static let fewestEpochs = 8
  private static let momentum: Float = 0.9
  private static let blockRows = 2048
  /// Floating-point operations that all epochs may cost together; more classes get fewer epochs.
  private static let operations = 2e11

  private let features: DenseMatrix
  private let labels: [Int]
  private let classCount: Int
  private let learnt: Int
  private let workers: Workers
  private let checkCancellation: @Sendable () throws -> Void
  let epochs: Int

  init(_ input: ScanInput) throws {
    try Needs.labels(input)
    guard input.features.columns > 0 else { throw CannotRun("needs features") }
    features = FeatureBuilder.standardized(input.features, excluding: input.unusableRows)
    labels = input.labels.enumerated().map { input.unusableRows.contains($0.offset) ? -1 : $0.element }
    classCount = input.classCount
    learnt = max(1, labels.count { $0 >= 0 })
    workers = input.workers
    checkCancellation = input.checkCancellation
    let cost = 4 * Double(labels.count) * Double(features.columns) * Double(classCount)
    epochs = max(Self.fewestEpochs, min(Self.mostEpochs, Int(Self.operations / max(cost, 1))))
  }

  /// Calls `afterEpoch` with the logits [N, K] under the weights of every epoch.
  func train(afterEpoch: (_ logits: [Float]) -> Void) throws {
    let size = (features.columns + 1) * classCount
    var weights = [Float](repeating: 0, count: size)
    var speed = weights
    // The loss of a softmax curves at most half as much as the features spread.
    let rate = 1 / (0.5 * (try largestVariance() + 1))
    for _ in 0..<epochs {
      try checkCancellation()
      let current = weights
      var gradient = [Double](repeating: 0, count: size)
      try workers.reduce(count: features.rows, blockSize: Self.blockRows, into: &gradient) { range in
        step(range, weights: current)
      } merge: { total, block in
        for index in total.indices { total[index] += Double(block[index]) }
      }
      for index in weights.indices {
        speed[index] = Self.momentum * speed[index] - Float(rate * gradient[index] / Double(learnt))
        weights[index] += speed[index]
      }
      afterEpoch(try logits(weights))
    }
  }

  private func logits(_ weights: [Float]) throws -> [Float] {
    try workers.map(count: features.rows, blockSize: Self.blockRows) { logits(block($0), weights) }.flatMap {
      $0
    }
  }

  /// Gradient of the summed loss of some rows.
  private func step(_ range: Range<Int>, weights: [Float]) -> [Float] {
    let width = features.columns
    let points = block(range)
    let errors = errors(range, logits(points, weights))
    var gradient = [Float](repeating: 0, count: weights.count)
    for index in 0..<range.count {
      for k in 0..<classCount { gradient[width * classCount + k] += errors[index * classCount + k] }
    }
    addProduct(of: points, and: errors, into: &gradient)
    return gradient
  }

  private func block(_ range: Range<Int>) -> [Float] {
    Array(features.values[range.lowerBound * features.columns..<range.upperBound * features.columns])
  }

  private func logits(_ points: [Float], _ weights: [Float]) -> [Float] {
    let width = features.columns
    let rows = points.count / width
    let biases = weights[(width * classCount)...]
    var result = [Float](repeating: 0, count: rows * classCount)
    for index in result.indices { result[index] = biases[biases.startIndex + index % classCount] }
    points.withUnsafeBufferPointer { x in
      weights.withUnsafeBufferPointer { w in
        result.withUnsafeMutableBufferPointer { result in
          guard let x = x.baseAddress, let w = w.baseAddress, let c = result.baseAddress else { return }
          BLAS.gemm(
            m: rows, n: classCount, k: width, x, lda: width, w, ldb: classCount, beta: 1, c, ldc: classCount)
        }
      }
    }
    return result
  }

  /// p − e_y of each row; zero without a label.
  private func errors(_ range: Range<Int>, _ logits: [Float]) -> [Float] {
    var errors = logits
    errors.withUnsafeMutableBufferPointer { errors in
      for (index, row) in range.enumerated() {
        let part = UnsafeMutableBufferPointer(
          rebasing: errors[index * classCount..<(index + 1) * classCount])
        if labels[row] >= 0 {
          SoftmaxProbe.softmax(part)
          part[labels[row]] -= 1
        } else {
          part.update(repeating: 0)
        }
      }
    }
    return errors
  }

  /// gradient[0..<D * K] = pointsᵀ errors.
  private func addProduct(of points: [Float], and errors: [Float], into gradient: inout [Float]) {
    let width = features.columns
    points.withUnsafeBufferPointer { x in
      errors.withUnsafeBufferPointer { e in
        gradient.withUnsafeMutableBufferPointer { gradient in
          guard let x = x.baseAddress, let e = e.baseAddress, let g = gradient.baseAddress else { return }
          BLAS.gemm(
            m: width, n: classCount, k: points.count / width, x, lda: width, transposeA: true, e,
            ldb: classCount, g, ldc: classCount)
        }
      }
    }
  }

  /// Largest eigenvalue of the covariance of the standardised features, by the power method on at most 4,096 rows.
  private func largestVariance() throws -> Double {
    let width = features.columns
    let stride = max(1, features.rows / 4096)
    let rows = Array(Swift.stride(from: 0, to: features.rows, by: stride))
    let sample = Products.gather(features, rows: rows)
    var direction = [Float](repeating: 1 / Float(width).squareRoot(), count: width)
    var value: Float = 0
    for _ in 0..<20 {
      var next = [Float](repeating: 0, count: width)
      for index in rows.indices {
        let row = sample[index * width..<(index + 1) * width]
        let along = Distance.dot(row, direction[...])
        for column in 0..<width { next[column] += along * sample[index * width + column] }
      }
      value = Distance.dot(next[...], next[...]).squareRoot() / Float(rows.count)
      guard value > 0 else { return 0 }
      direction = next.map { $0 / (value * Float(rows.count)) }
    }
    return Double(value)
  }
}

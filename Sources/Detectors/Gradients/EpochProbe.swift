import Features
import Glibc
import Numerics
import Scanning

/// Softmax regression by full-batch gradient descent with momentum on standardised features, so that one can watch how
/// it learns: the logits of every sample after every epoch, of a model that has seen the sample.
struct EpochProbe: Sendable {
  static let maxEpochs = 30
  static let minEpochs = 8
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
    features = try FeatureBuilder.standardized(
      input.features, excluding: input.unusableRows, workers: input.workers)
    labels = input.labels.enumerated().map { input.unusableRows.contains($0.offset) ? -1 : $0.element }
    classCount = input.classCount
    learnt = max(1, labels.count { $0 >= 0 })
    workers = input.workers
    checkCancellation = input.checkCancellation
    let cost = 4 * Double(labels.count) * Double(features.columns) * Double(classCount)
    epochs = max(Self.minEpochs, min(Self.maxEpochs, Int(Self.operations / max(cost, 1))))
  }

  /// Calls `afterEpoch` with the logits [N, K] under the weights of every epoch.
  func train(afterEpoch: (_ logits: [Float]) throws -> Void) throws {
    let size = (features.columns + 1) * classCount
    var weights = [Float](repeating: 0, count: size)
    var speed = weights
    var logits = try logits(weights)
    // The loss of a softmax curves at most half as much as the features spread.
    let rate = 1 / (0.5 * (try largestVariance() + 1))
    for _ in 0..<epochs {
      try checkCancellation()
      let current = logits
      var gradient = [Double](repeating: 0, count: size)
      try workers.reduce(count: features.rows, blockSize: Self.blockRows, into: &gradient) { range in
        step(range, logits: current)
      } merge: { total, block in
        for index in total.indices { total[index] += Double(block[index]) }
      }
      for index in weights.indices {
        speed[index] = Self.momentum * speed[index] - Float(rate * gradient[index] / Double(learnt))
        weights[index] += speed[index]
      }
      logits = try self.logits(weights)
      try afterEpoch(logits)
    }
  }

  private func logits(_ weights: [Float]) throws -> [Float] {
    try DenseMatrix(
      rows: features.rows, columns: classCount, blockRows: Self.blockRows, workers: workers,
      block: { logits($0, weights) }
    ).values
  }

  private func logits(_ range: Range<Int>, _ weights: [Float]) -> [Float] {
    let width = features.columns
    var result = [Float](repeating: 0, count: range.count * classCount)
    features.withUnsafeValues { features in
      weights.withUnsafeBufferPointer { weights in
        result.withUnsafeMutableBufferPointer { result in
          guard let x = features.baseAddress, let w = weights.baseAddress, let c = result.baseAddress else {
            return
          }
          for index in 0..<range.count {
            (c + index * classCount).update(from: w + width * classCount, count: classCount)
          }
          BLAS.gemm(
            m: range.count, n: classCount, k: width, x + range.lowerBound * width, lda: width, w,
            ldb: classCount, beta: 1, c, ldc: classCount)
        }
      }
    }
    return result
  }

  /// Gradient of the summed loss of some rows: featuresᵀ (p − e_y), then the sums of p − e_y.
  private func step(_ range: Range<Int>, logits: [Float]) -> [Float] {
    let width = features.columns
    var errors = Array(logits[range.lowerBound * classCount..<range.upperBound * classCount])
    var gradient = [Float](repeating: 0, count: (width + 1) * classCount)
    features.withUnsafeValues { features in
      errors.withUnsafeMutableBufferPointer { errors in
        gradient.withUnsafeMutableBufferPointer { gradient in
          guard let x = features.baseAddress, let e = errors.baseAddress, let g = gradient.baseAddress else {
            return
          }
          Softmax.apply(errors, classes: classCount)
          for (index, row) in range.enumerated() {
            let part = UnsafeMutableBufferPointer(start: e + index * classCount, count: classCount)
            subtractLabel(of: row, from: part)
            for k in 0..<classCount { g[width * classCount + k] += part[k] }
          }
          BLAS.gemm(
            m: width, n: classCount, k: range.count, x + range.lowerBound * width, lda: width,
            transposeA: true, e, ldb: classCount, g, ldc: classCount)
        }
      }
    }
    return gradient
  }

  /// p − e_y of a row of probabilities; zero without a label.
  private func subtractLabel(of row: Int, from probabilities: UnsafeMutableBufferPointer<Float>) {
    guard labels[row] >= 0 else { return probabilities.update(repeating: 0) }
    probabilities[labels[row]] -= 1
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

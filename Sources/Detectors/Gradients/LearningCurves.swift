import Model
import Numerics
import Scanning

/// Margins of every sample over the epochs of a training: the user's, or the built-in probe's.
struct LearningCurves {
  /// Mean over the epochs of the given label's logit less the largest other; NaN without a label.
  private(set) var meanMargins: [Float]
  /// How often a sample that was right became wrong; the number of epochs for one that never was right.
  private(set) var forgotten: [Float]

  init(_ input: ScanInput) throws {
    var fold = Fold(labels: input.labels, classCount: input.classCount)
    if let dynamics = input.dataset.trainingDynamics, dynamics.epochs > 0, input.classCount >= 2,
      dynamics.values.columns == input.classCount, dynamics.values.rows == dynamics.epochs * input.count
    {
      for epoch in 0..<dynamics.epochs {
        try input.checkCancellation()
        let size = input.count * input.classCount
        let logits = [Float](unsafeUninitializedCapacity: size) { target, written in
          dynamics.values.read(epoch * input.count..<(epoch + 1) * input.count, into: target)
          written = size
        }
        try fold.add(logits, input.workers)
      }
    } else {
      try EpochProbe(input).train { try fold.add($0, input.workers) }
      for row in input.unusableRows { fold.leaveOut(row) }
    }
    meanMargins = fold.sums.map { $0 / Float(max(1, fold.epochs)) }
    forgotten = fold.sums.indices.map { row in
      if fold.sums[row].isNaN { return .nan }
      return fold.wasRight[row] ? Float(fold.losses[row]) : Float(fold.epochs)
    }
  }

  private struct Fold {
    let labels: [Int]
    let classCount: Int
    var sums: [Float]
    var losses: [Int]
    var isRight: [Bool]
    var wasRight: [Bool]
    var epochs = 0

    init(labels: [Int], classCount: Int) {
      self.labels = labels
      self.classCount = classCount
      sums = labels.map { $0 >= 0 ? 0 : .nan }
      losses = labels.map { _ in 0 }
      isRight = labels.map { _ in false }
      wasRight = isRight
    }

    mutating func leaveOut(_ row: Int) { sums[row] = .nan }

    /// Logits [N, K] after one more epoch; those that are not finite count as 0.
    mutating func add(_ logits: [Float], _ workers: Workers) throws {
      epochs += 1
      let (labels, classCount) = (labels, classCount)
      let blocks = try workers.map(count: labels.count, blockSize: Self.blockRows) { range in
        logits.withUnsafeBufferPointer { logits in
          range.map { row -> Float in
            guard labels[row] >= 0 else { return .nan }
            let (own, best) = Self.leaders(
              logits[row * classCount..<(row + 1) * classCount], label: labels[row])
            return own - best
          }
        }
      }
      var row = 0
      for margins in blocks {
        for margin in margins {
          if labels[row] >= 0 { add(margin, to: row) }
          row += 1
        }
      }
    }

    private static let blockRows = 8192

    private mutating func add(_ margin: Float, to row: Int) {
      sums[row] += margin
      let right = margin > 0
      if isRight[row] && !right { losses[row] += 1 }
      isRight[row] = right
      wasRight[row] = wasRight[row] || right
    }

    /// The given label's logit and the largest other.
    private static func leaders(
      _ row: Slice<UnsafeBufferPointer<Float>>, label: Int
    ) -> (own: Float, other: Float) {
      var own: Float = 0
      var best = -Float.infinity
      for (k, raw) in UnsafeBufferPointer(rebasing: row).enumerated() {
        let value = raw.isFinite ? raw : 0
        if k == label { own = value } else if value > best { best = value }
      }
      return (own, best)
    }
  }
}

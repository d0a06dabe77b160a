import Features
import Glibc
import Learning
import Model
import Numerics
import Scanning

/// Two softmax regressions that have seen all labeled samples: a plain one, and one trained against the worst move of
/// every sample.
struct RobustProbe: Sendable {
  /// Of the median distance from a sample to the plain probe's boundary (Moosavi-Dezfooli, Fawzi & Frossard,
  /// "DeepFool", CVPR 2016, section 3.1, for linear models), what the worst case may move: half of it leaves most
  /// samples on their side, so that there is something robust to learn at any scale of the features.
  static let share: Float = 0.5
  static let maxIterations = 60
  static let minIterations = 8
  /// Floating-point operations that one training may cost; more classes get fewer iterations.
  static let operations = 2e10

  /// Log loss of the given label under each model, NaN without a label or finite features.
  let plain: [Float]
  let robust: [Float]

  init(_ input: ScanInput) throws {
    try Needs.labels(input)
    guard input.features.columns > 0 else { throw CannotRun("needs features") }
    let labels = input.labels.enumerated().map { input.unusableRows.contains($0.offset) ? -1 : $0.element }
    var problem = SoftmaxProblem(
      width: input.features.columns, classes: input.classCount, values: try Self.scaled(input), labels: labels
    )
    let cost = 4 * Double(labels.count) * Double(input.features.columns + 1) * Double(input.classCount)
    let iterations = max(Self.minIterations, min(Self.maxIterations, Int(Self.operations / max(cost, 1))))
    let weights = try problem.fit(
      iterations: iterations, workers: input.workers, checkCancellation: input.checkCancellation)
    problem.radius = Self.share * (try Self.usualDistance(problem, weights, input.workers))
    guard problem.radius > 0 else { throw CannotRun("a linear probe gets no label right") }
    let hardened = try problem.fit(
      from: weights, iterations: iterations, workers: input.workers,
      checkCancellation: input.checkCancellation)
    plain = try Self.losses(problem, weights, input.workers)
    robust = try Self.losses(problem, hardened, input.workers)
  }

  /// Features less their mean, of mean square 1. Their columns keep their sizes, since a small change is only small
  /// against those; the columns of a table have units of their own and are standardised.
  private static func scaled(_ input: ScanInput) throws -> [Float] {
    guard input.dataset.modality != .tabular else {
      return try FeatureBuilder.standardized(
        input.features, excluding: input.unusableRows, workers: input.workers
      ).values
    }
    let usable = (0..<input.count).filter { !input.unusableRows.contains($0) }
    let mean = try ClassSums.mean(of: input.features, rows: usable, workers: input.workers)
    var values = try Products.gathered(
      input.features, rows: Array(0..<input.count), center: mean, workers: input.workers
    ).values
    let width = input.features.columns
    var squares = 0.0
    for row in usable {
      for index in row * width..<(row + 1) * width {
        squares += Double(values[index]) * Double(values[index])
      }
    }
    let scale = squares > 0 ? Float((Double(usable.count * width) / squares).squareRoot()) : 0
    for index in values.indices { values[index] *= scale }
    return values
  }

  /// Median distance from the samples that are right to where another class would win.
  private static func usualDistance(
    _ problem: SoftmaxProblem, _ weights: [Float], _ workers: Workers
  ) throws -> Float {
    let classes = problem.classes
    let separations = problem.distances(weights)
    let distances = try map(problem, weights, workers) { label, logits -> Float in
      var margin = Float.infinity
      for k in 0..<classes where k != label && separations[label * classes + k] > 0 {
        margin = min(
          margin, (logits[label] - logits[k]) / separations[label * classes + k])
      }
      return margin
    }
    let right = distances.filter { $0 > 0 && $0.isFinite }
    return right.isEmpty ? 0 : Float(Statistics.median(right))
  }

  private static func losses(
    _ problem: SoftmaxProblem, _ weights: [Float], _ workers: Workers
  ) throws -> [Float] {
    try map(problem, weights, workers) { label, logits in
      Float(Statistics.logSumExp(logits.map { Double($0) }) - Double(logits[label]))
    }
  }

  /// `value` of the label and the logits of each row; NaN without a label.
  private static func map(
    _ problem: SoftmaxProblem, _ weights: [Float], _ workers: Workers,
    _ value: @Sendable (_ label: Int, _ logits: [Float]) -> Float
  ) throws -> [Float] {
    let classes = problem.classes
    return try workers.map(count: problem.labels.count, blockSize: SoftmaxProblem.blockRows) { rows in
      let logits = problem.logits(rows, weights: weights)
      return rows.enumerated().map { index, row -> Float in
        guard problem.labels[row] >= 0 else { return .nan }
        return value(problem.labels[row], Array(logits[index * classes..<(index + 1) * classes]))
      }
    }.flatMap { $0 }
  }
}

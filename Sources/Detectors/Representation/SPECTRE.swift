import Glibc
import Model
import Numerics
import Scanning

/// Quantum-entropy score after robust whitening (Hayase et al., "SPECTRE: defending against backdoor attacks using robust
/// statistics", ICML 2021). Per class: the first k principal coordinates, whitened by the covariance of their clean
/// core; with Σ the covariance of all of them after that, Q = exp(α(Σ − I)/(‖Σ‖ − 1)), α = 4, and xᵀQx / tr Q. Of
/// k = 4, 8, 16, 32 the one whose Σ has the largest eigenvalue for its noise counts; the rate of poison need not be known.
/// Over the class's median. Range from 0; NaN without a label or finite features and in classes of fewer than 20.
struct SPECTRE: Detector {
  let info = DetectorInfo(
    name: "spectre", family: .representation,
    summary: "far from the class core after whitening")
  private static let minClassSize = 20
  private static let dimensions = [4, 8, 16, 32]
  private static let alpha = 4.0

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labelledFeatures(input)
    let classes = input.rowsByClass.map { rows in rows.filter { !input.unusableRows.contains($0) } }
    guard classes.contains(where: { $0.count >= Self.minClassSize }) else {
      throw CannotRun("needs a class of at least \(Self.minClassSize) samples")
    }
    let parts = try input.workers.map(count: classes.count, blockSize: 1) { range -> [Float] in
      try input.checkCancellation()
      let rows = classes[range.lowerBound]
      return try rows.count < Self.minClassSize ? rows.map { _ in .nan } : Self.scores(input.features, rows)
    }
    var scores = [Float](repeating: .nan, count: input.count)
    for (rows, part) in zip(classes, parts) {
      for (row, score) in zip(rows, part) { scores[row] = score }
    }
    scores = ClassMedian.divide(scores, input.rowsByClass)
    return Detection(
      scores: scores,
      findings: OutlierTail.findings(
        LogScale.of(scores), input, what: "lie farther from the core of their class"))
  }

  private static func scores(_ features: DenseMatrix, _ rows: [Int]) throws -> [Float] {
    let width = features.columns
    // Classes run side by side, each on one thread.
    let mean = try ClassSums.mean(of: features, rows: rows, workers: Workers(threads: 1))
    let centred = Products.gather(features, rows: rows, center: mean)
    let top = Eigen.topSingularVectors(
      centred, rows: rows.count, columns: width, count: min(dimensions.max() ?? 0, rows.count / 4))
    let directions = zip(top.vectors, top.values).filter { $0.1 > 0 }.map(\.0)
    let coordinates = Products.coordinates(centred, width: width, along: directions).map(Double.init)
    var best: (gain: Double, scores: [Float])?
    for k in dimensions where k <= directions.count || k == dimensions[0] {
      let used = min(k, directions.count)
      guard used > 0 else { break }
      let leading = rows.indices.flatMap { row in
        coordinates[row * directions.count..<row * directions.count + used]
      }
      let whitened = RobustWhitening.apply(leading, width: used)
      let pairs = Eigen.symmetric(RobustWhitening.covariance(whitened, width: used), size: used)
      // Noise alone puts the largest eigenvalue near (1 + √(k/n))² (Marchenko & Pastur, 1967).
      let noise = 1 + (Double(used) / Double(rows.count)).squareRoot()
      let gain = pairs.values[0] / (noise * noise)
      if gain > best?.gain ?? -1 { best = (gain, entropyScores(whitened, pairs)) }
    }
    return best?.scores ?? rows.map { _ in 0 }
  }

  /// xᵀQx / tr Q in the eigenvectors of Σ, where Q is diagonal.
  /// - Parameter points: [rows, k].
  private static func entropyScores(_ points: [Double], _ pairs: Eigenpairs) -> [Float] {
    let largest = pairs.values[0]
    let weights = pairs.values.map { largest > 1 ? exp(alpha * ($0 - 1) / (largest - 1)) : 1 }
    let trace = weights.reduce(0, +)
    let along = RobustWhitening.product(points, pairs.vectors, width: pairs.size)
    return along.withUnsafeBufferPointer { along in
      (0..<points.count / pairs.size).map { row in
        var sum = 0.0
        for index in 0..<pairs.size {
          let value = along[row * pairs.size + index]
          sum += weights[index] * value * value
        }
        return Float(sum / trace)
      }
    }
  }
}

/// Whitening by the core of some points: concentration steps of the minimum covariance determinant (Rousseeuw & Van
/// Driessen, 1999) on the three quarters nearest to their center. Points are [rows, width] row-major.
enum RobustWhitening {
  private static let core = 0.75
  private static let steps = 3
  /// Of the second moment of all points in a direction, below which that of the core is no measure of distance there: a value
  /// that few rows have, as of a rare category, would lie a million times as far out as anything else.
  private static let minCoreShare = 1e-4

  static func apply(_ points: [Double], width: Int) -> [Double] {
    let rows = points.count / max(1, width)
    var current = points
    for _ in 0..<steps {
      let nearest = FloatOrder.risingFinite(lengths(current, width: width))
      current = whiten(current, width: width, by: nearest.prefix(max(2, Int(Double(rows) * core))))
    }
    // The core is tighter than the whole: the median squared length is brought to that of a normal in k dimensions
    // (Wilson & Hilferty, 1931).
    let k = Double(width)
    let normal = k * pow(1 - 2 / (9 * k), 3)
    let median = Statistics.median(lengths(current, width: width).lazy.map(Float.init))
    let scale = median > 0 ? (normal / median).squareRoot() : 1
    return current.map { $0 * scale }
  }

  /// Squared.
  private static func lengths(_ points: [Double], width: Int) -> [Double] {
    points.withUnsafeBufferPointer { points in
      stride(from: 0, to: points.count, by: width).map { first in
        var sum = 0.0
        for index in first..<first + width { sum += points[index] * points[index] }
        return sum
      }
    }
  }

  private static func whiten(_ points: [Double], width: Int, by core: ArraySlice<Int>) -> [Double] {
    var mean = [Double](repeating: 0, count: width)
    for row in core {
      for column in 0..<width { mean[column] += points[row * width + column] }
    }
    for column in 0..<width { mean[column] /= Double(core.count) }
    func centred(_ rows: some Collection<Int>) -> [Double] {
      [Double](unsafeUninitializedCapacity: rows.count * width) { target, count in
        points.withUnsafeBufferPointer { points in
          for (index, row) in rows.enumerated() {
            for column in 0..<width {
              target.initializeElement(
                at: index * width + column, to: points[row * width + column] - mean[column])
            }
          }
        }
        count = rows.count * width
      }
    }
    let pairs = Eigen.symmetric(covariance(centred(core), width: width), size: width)
    var all = product(centred(0..<points.count / width), pairs.vectors, width: width)
    let floor = 1e-9 * max(pairs.values[0], 1e-300)
    all.withUnsafeMutableBufferPointer { all in
      var moments = [Double](repeating: 0, count: width)
      for first in stride(from: 0, to: all.count, by: width) {
        for column in 0..<width { moments[column] += all[first + column] * all[first + column] }
      }
      let rows = Double(all.count / width)
      let scales = (0..<width).map { column -> Double in
        let variance = pairs.values[column]
        return variance > max(floor, minCoreShare * (moments[column] / rows))
          ? 1 / variance.squareRoot() : 0
      }
      for first in stride(from: 0, to: all.count, by: width) {
        for column in 0..<width { all[first + column] *= scales[column] }
      }
    }
    return all
  }

  /// Coordinates of the points along directions [width, width], a row each.
  static func product(_ points: [Double], _ directions: [Double], width: Int) -> [Double] {
    var result = [Double](repeating: 0, count: points.count)
    points.withUnsafeBufferPointer { points in
      directions.withUnsafeBufferPointer { directions in
        result.withUnsafeMutableBufferPointer { result in
          guard let a = points.baseAddress, let b = directions.baseAddress, let c = result.baseAddress else {
            return
          }
          BLAS.gemm(
            m: points.count / width, n: width, k: width, a, lda: width, b, ldb: width, transposeB: true, c,
            ldc: width)
        }
      }
    }
    return result
  }

  /// Second moments [width, width] of points about 0.
  static func covariance(_ points: [Double], width: Int) -> [Double] {
    let rows = points.count / max(1, width)
    var sums = [Double](repeating: 0, count: width * width)
    points.withUnsafeBufferPointer { points in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let a = points.baseAddress, let c = sums.baseAddress else { return }
        BLAS.gemm(
          m: width, n: width, k: rows, alpha: 1 / Double(max(1, rows)), a, lda: width, transposeA: true, a,
          ldb: width, c, ldc: width)
      }
    }
    return sums
  }
}

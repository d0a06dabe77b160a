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
      return rows.count < Self.minClassSize ? rows.map { _ in .nan } : Self.scores(input.features, rows)
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

  private static func scores(_ features: DenseMatrix, _ rows: [Int]) -> [Float] {
    let width = features.columns
    let mean = (0..<width).map { column in
      Float(rows.reduce(0.0) { $0 + Double(features[$1, column]) } / Double(rows.count))
    }
    let centred = Products.gather(features, rows: rows, center: mean)
    let top = Eigen.topSingularVectors(
      centred, rows: rows.count, columns: width, count: min(dimensions.max() ?? 0, rows.count / 4))
    let directions = zip(top.vectors, top.values).filter { $0.1 > 0 }.map(\.0)
    let coordinates = rows.indices.map { index in
      directions.map { Double(Distance.dot(centred[index * width..<(index + 1) * width], $0[...])) }
    }
    var best: (gain: Double, scores: [Float])?
    for k in dimensions where k <= directions.count || k == dimensions[0] {
      let used = min(k, directions.count)
      guard used > 0 else { break }
      let whitened = RobustWhitening.apply(coordinates.map { Array($0.prefix(used)) })
      let pairs = Eigen.symmetric(RobustWhitening.covariance(whitened), size: used)
      // Noise alone puts the largest eigenvalue near (1 + √(k/n))² (Marchenko & Pastur, 1967).
      let noise = 1 + (Double(used) / Double(rows.count)).squareRoot()
      let gain = pairs.values[0] / (noise * noise)
      if gain > best?.gain ?? -1 { best = (gain, entropyScores(whitened, pairs)) }
    }
    return best?.scores ?? rows.map { _ in 0 }
  }

  /// xᵀQx / tr Q in the eigenvectors of Σ, where Q is diagonal.
  private static func entropyScores(_ points: [[Double]], _ pairs: Eigenpairs) -> [Float] {
    let largest = pairs.values[0]
    let weights = pairs.values.map { largest > 1 ? exp(alpha * ($0 - 1) / (largest - 1)) : 1 }
    let trace = weights.reduce(0, +)
    return points.map { point in
      var sum = 0.0
      for index in 0..<pairs.size {
        let along = zip(point, pairs.vector(index)).reduce(0) { $0 + $1.0 * $1.1 }
        sum += weights[index] * along * along
      }
      return Float(sum / trace)
    }
  }
}

/// Whitening by the core of some points: concentration steps of the minimum covariance determinant (Rousseeuw & Van
/// Driessen, 1999) on the three quarters nearest to their center.
enum RobustWhitening {
  private static let core = 0.75
  private static let steps = 3

  static func apply(_ points: [[Double]]) -> [[Double]] {
    var current = points
    for _ in 0..<steps {
      let lengths = current.map { $0.reduce(0) { $0 + $1 * $1 } }
      let kept = lengths.indices.sorted { lengths[$0] < lengths[$1] }.prefix(
        max(2, Int(Double(points.count) * core)))
      current = whiten(current, by: kept.map { current[$0] })
    }
    // The core is tighter than the whole: the median squared length is brought to that of a normal in k dimensions
    // (Wilson & Hilferty, 1931).
    let k = Double(points.first?.count ?? 0)
    let lengths = current.map { Float($0.reduce(0) { $0 + $1 * $1 }) }
    let normal = k * pow(1 - 2 / (9 * k), 3)
    let median = Statistics.median(lengths)
    let scale = median > 0 ? (normal / median).squareRoot() : 1
    return current.map { $0.map { $0 * scale } }
  }

  private static func whiten(_ points: [[Double]], by core: [[Double]]) -> [[Double]] {
    let k = core[0].count
    let mean = (0..<k).map { column in core.reduce(0) { $0 + $1[column] } / Double(core.count) }
    let pairs = Eigen.symmetric(covariance(core.map { zip($0, mean).map { $0 - $1 } }), size: k)
    let floor = 1e-9 * max(pairs.values[0], 1e-300)
    return points.map { point in
      let centred = zip(point, mean).map { $0 - $1 }
      return (0..<k).map { index in
        let along = zip(centred, pairs.vector(index)).reduce(0) { $0 + $1.0 * $1.1 }
        return pairs.values[index] > floor ? along / pairs.values[index].squareRoot() : 0
      }
    }
  }

  /// Second moments [k, k] of points about 0.
  static func covariance(_ points: [[Double]]) -> [Double] {
    let k = points.first?.count ?? 0
    var sums = [Double](repeating: 0, count: k * k)
    for point in points {
      for i in 0..<k {
        for j in 0..<k { sums[i * k + j] += point[i] * point[j] }
      }
    }
    return sums.map { $0 / Double(max(1, points.count)) }
  }
}

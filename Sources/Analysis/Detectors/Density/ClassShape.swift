import Model

/// Squared Mahalanobis distance to the class's mean under the covariance that all classes share, in the directions that
/// hold nine tenths of it (Lee et al., "A simple unified framework for detecting out-of-distribution samples", NeurIPS
/// 2018), over the class's median. Range from 0; NaN without a label or finite features.
struct ClassMahalanobis: Detector {
  let info = DetectorInfo(
    name: "class-mahalanobis", family: .density, summary: "far from its class's mean for the shape of classes"
  )

  func run(on input: ScanInput) throws -> Detection {
    let within = try input.derived(WithinClass.init)
    var scores = [Float](repeating: .nan, count: input.count)
    for row in within.rows {
      let z = within.whitened.row(row)
      scores[row] = Distance.dot(z, z)
    }
    return Detection(scores: ClassMedian.divide(scores, input.rowsByClass))
  }
}

/// Squared length of what of a sample, less its class's mean, lies outside the directions in which classes vary: the
/// residual of principal components (Jackson & Mudholkar, 1979), over the class's median. Range from 0; NaN without a
/// label or finite features.
struct ClassResidual: Detector {
  let info = DetectorInfo(
    name: "class-residual", family: .density, summary: "departs from its class where classes do not vary")

  func run(on input: ScanInput) throws -> Detection {
    let within = try input.derived(WithinClass.init)
    guard within.directions.rows < input.features.columns else {
      throw CannotRun("needs more columns than classes vary in")
    }
    return Detection(scores: ClassMedian.divide(within.residuals, input.rowsByClass))
  }
}

/// Squared Mahalanobis distance to the given class's mean less the smallest to another's, under the shared covariance:
/// twice the log likelihood ratio of a linear discriminant (Fisher, 1936). Range unbounded, above 0 where another class
/// fits better; NaN without a label or finite features.
struct ClassDiscriminant: Detector {
  let info = DetectorInfo(
    name: "class-discriminant", family: .labels, summary: "another class's shape fits it better than its own")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    let within = try input.derived(WithinClass.init)
    let width = within.directions.rows
    let means = DenseMatrix(
      rows: input.classCount, columns: input.features.columns, values: within.means.values)
    let centers = try Products.multiply(means, within.directions, transposeB: true, workers: input.workers)
    let present = (0..<input.classCount).filter { within.means.counts[$0] > 0 }
    let rows = within.rows
    let scores = try input.workers.map(count: rows.count, blockSize: 512) { range in
      try input.checkCancellation()
      return rows[range].map { row -> Float in
        let label = input.labels[row]
        let own = within.whitened.row(row)
        let place = (0..<width).map { own[own.startIndex + $0] + centers[label, $0] }
        let others = present.filter { $0 != label }.map { Distance.squared(place[...], centers.row($0)) }
        return others.min().map { Distance.dot(own, own) - $0 } ?? .nan
      }
    }.flatMap { $0 }
    var result = [Float](repeating: .nan, count: input.count)
    for (row, score) in zip(rows, scores) { result[row] = score }
    return Detection(scores: result)
  }
}

enum ClassMedian {
  /// Scores over the median of their class, so that classes compare; rows without a class become NaN.
  static func divide(_ scores: [Float], _ rowsByClass: [[Int]]) -> [Float] {
    var result = [Float](repeating: .nan, count: scores.count)
    for rows in rowsByClass {
      let median = Float(max(Statistics.median(rows.map { scores[$0] }), 1e-12))
      for row in rows { result[row] = scores[row] / median }
    }
    return result
  }
}

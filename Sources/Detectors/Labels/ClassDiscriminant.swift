import Model
import Numerics
import Scanning

/// Squared Mahalanobis distance to the given class's mean less the smallest to another's, under the shared covariance:
/// twice the log likelihood ratio of a linear discriminant (Fisher, 1936). Range unbounded, above 0 where another class
/// fits better; NaN without a label or finite features.
struct ClassDiscriminant: Detector {
  let info = DetectorInfo(
    name: "class-discriminant", family: .labels,
    summary: "fits another class's distribution better than its own")

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
        let point = (0..<width).map { own[own.startIndex + $0] + centers[label, $0] }
        let others = present.filter { $0 != label }.map { Distance.squared(point[...], centers.row($0)) }
        return others.min().map { Distance.dot(own, own) - $0 } ?? .nan
      }
    }.flatMap { $0 }
    var result = [Float](repeating: .nan, count: input.count)
    for (row, score) in zip(rows, scores) { result[row] = score }
    return Detection(scores: result)
  }
}

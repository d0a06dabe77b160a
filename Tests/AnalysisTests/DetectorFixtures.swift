import Detectors
import Foundation
import Model
import Numerics
import Scanning
import Testing

/// What the tests of single detectors share: finding a detector by its name, planted data, and comparison with an oracle.
enum Detecting {
  static func detector(_ name: String) throws -> any Detector {
    try #require(DetectorRegistry.all.first { $0.info.name == name }, "no detector \(name)")
  }

  static func run(_ name: String, on input: ScanInput) throws -> Detection {
    let detection = try detector(name).run(on: input)
    #expect(detection.scores.count == input.count)
    return detection
  }

  /// Clouds with some labels moved to the next class, the first tenth of the rows without order otherwise.
  static func clouds(
    rows: Int = 300, columns: Int = 6, classes: Int = 3, distance: Double = 2, flipped: Int = 15
  ) throws -> (dataset: Dataset, truth: [Bool]) {
    var (features, labels) = Core.clouds(rows: rows, columns: columns, classes: classes, distance: distance)
    var truth = [Bool](repeating: false, count: rows)
    for row in 0..<flipped {
      let at = row * 7 % rows
      truth[at] = true
      labels[at] = (labels[at] + 1) % classes
    }
    features = DenseMatrix(rows: rows, columns: columns, values: features.values)
    return (try Core.dataset(labels: labels, classes: classes, features: features), truth)
  }

  /// Equal within `tolerance` of the larger magnitude, NaN where the other is.
  static func expectSame(
    _ scores: [Float], _ oracle: [Double], tolerance: Double = 1e-3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(scores.count == oracle.count, sourceLocation: sourceLocation)
    for (row, (score, expected)) in zip(scores, oracle).enumerated() {
      if score.isNaN && expected.isNaN { continue }
      let difference = abs(Double(score) - expected)
      if !(difference <= tolerance * max(1, abs(expected))) {
        Issue.record("row \(row): \(score), the oracle has \(expected)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  static func distance(_ matrix: DenseMatrix, _ a: Int, _ b: Int) -> Double {
    zip(matrix.row(a), matrix.row(b)).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
  }

  /// The k nearest of `among`, nearest first, the row itself left out.
  static func nearest(_ matrix: DenseMatrix, _ row: Int, _ k: Int, among: [Int]) -> [(
    row: Int, distance: Double
  )] {
    let all = among.filter { $0 != row }.map { (row: $0, distance: distance(matrix, row, $0)) }
    return Array(all.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(k))
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted.count % 2 == 1
      ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
  }

  /// Log likelihood ratio of a share above its expectation.
  static func excess(_ hits: Int, _ trials: Int, _ share: Double) -> Double {
    let found = Double(hits) / Double(trials)
    guard found > share else { return 0 }
    let tail = found < 1 ? (1 - found) * log((1 - found) / (1 - share)) : 0
    return Double(trials) * (found * log(found / share) + tail)
  }
}

/// The covariance around the means of two classes of two columns, and its wider direction, by the formula for 2 x 2.
struct TwoColumns {
  let points: [(x: Double, y: Double)]
  let means: [(x: Double, y: Double)]
  /// Along the wider direction.
  let variance: Double
  let direction: (x: Double, y: Double)

  init(_ values: [Float], _ labels: [Int]) {
    let points = labels.indices.map { (x: Double(values[$0 * 2]), y: Double(values[$0 * 2 + 1])) }
    let means = (0..<2).map { label -> (x: Double, y: Double) in
      let own = labels.indices.filter { labels[$0] == label }.map { points[$0] }
      let count = Double(own.count)
      return (own.reduce(0) { $0 + $1.x } / count, own.reduce(0) { $0 + $1.y } / count)
    }
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (point, label) in zip(points, labels) {
      let (x, y) = (point.x - means[label].x, point.y - means[label].y)
      xx += x * x / Double(labels.count)
      xy += x * y / Double(labels.count)
      yy += y * y / Double(labels.count)
    }
    let half: Double = (xx - yy) / 2
    let root: Double = (half * half + xy * xy).squareRoot()
    variance = (xx + yy) / 2 + root
    let rise: Double = variance - xx
    let length: Double = (xy * xy + rise * rise).squareRoot()
    direction = (xy / length, rise / length)
    self.points = points
    self.means = means
  }

  /// Coordinate of a row less the mean of `label`.
  func along(_ row: Int, _ label: Int) -> Double {
    (points[row].x - means[label].x) * direction.x + (points[row].y - means[label].y) * direction.y
  }

  func squaredLength(_ row: Int, _ label: Int) -> Double {
    let (x, y) = (points[row].x - means[label].x, points[row].y - means[label].y)
    return x * x + y * y
  }
}

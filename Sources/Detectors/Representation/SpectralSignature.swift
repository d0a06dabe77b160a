import Model
import Numerics
import Scanning

/// ((h − μ_y)·v)² with v the top right singular vector of the class's centred features (Tran, Li & Madry, "Spectral
/// signatures in backdoor attacks", NeurIPS 2018, algorithm 1), over the class's median so that classes compare.
/// Centred first: without it the ranking can turn around. Range from 0; NaN without a label or finite features.
struct SpectralSignature: Detector {
  let info = DetectorInfo(
    name: "spectral-signature", family: .representation,
    summary: "far out along the class's first singular direction")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labelledFeatures(input)
    let usable = input.rowsByClass.map { rows in rows.filter { !input.unusableRows.contains($0) } }
    return Detection(scores: try Self.scores(input.features, classes: usable, input: input))
  }

  /// Squared coordinate of each row along its class's first principal direction, over the class's median.
  static func scores(_ features: DenseMatrix, classes: [[Int]], input: ScanInput) throws -> [Float] {
    var scores = [Float](repeating: .nan, count: input.count)
    let squares = try input.workers.map(count: classes.count, blockSize: 1) { range in
      try input.checkCancellation()
      return projections(features, classes[range.lowerBound]).map { $0 * $0 }
    }
    for (rows, squares) in zip(classes, squares) {
      let median = Float(max(Statistics.median(squares), 1e-12))
      for (row, square) in zip(rows, squares) { scores[row] = square / median }
    }
    return scores
  }

  /// Coordinates of the rows along their first principal direction, centred; NaN of fewer than 3 rows, zero where there
  /// is no direction.
  static func projections(_ features: DenseMatrix, _ rows: [Int]) -> [Float] {
    guard rows.count >= 3 else { return rows.map { _ in .nan } }
    let width = features.columns
    let centred = Products.centred(features, rows: rows).values
    let top = Eigen.topSingularVectors(centred, rows: rows.count, columns: width, count: 1)
    guard let direction = top.vectors.first else { return rows.map { _ in 0 } }
    return Products.coordinates(centred, width: width, along: [direction])
  }
}

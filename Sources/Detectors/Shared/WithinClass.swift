import Numerics
import Scanning

/// Features around their class means, in the directions in which classes spread most, each over its deviation there.
struct WithinClass: Sendable {
  /// Labelled rows with finite features.
  let rows: [Int]
  let means: ClassSums.Means
  /// [q, D] directions over their deviations: x − mean of any class, multiplied by it, is whitened.
  let directions: DenseMatrix
  /// [N, q] of each row less its class's mean; zero for rows that do not take part.
  let whitened: DenseMatrix
  /// Squared length of what lies outside the q directions, from 0; NaN for rows that do not take part.
  let residuals: [Float]

  /// Share of the variance that the directions hold; what is left over is nearly one direction like another.
  private static let heldVariance = 0.9
  private static let maxDirections = 128

  init(_ input: ScanInput) throws {
    try Needs.labelledFeatures(input)
    let features = input.features
    rows = (0..<input.count).filter { input.labels[$0] >= 0 && !input.unusableRows.contains($0) }
    guard rows.count > input.classCount + 1 else { throw CannotRun("needs more samples than classes") }
    means = try ClassSums.means(
      of: features, labels: input.labels, classCount: input.classCount, excluding: input.unusableRows,
      workers: input.workers)
    let labels = input.labels
    let covariance = try ClassSums.covariance(
      of: features, rows: rows, centers: means.values, centerOfRow: { labels[$0] }, workers: input.workers)
    try input.checkCancellation()
    let pairs = Eigen.symmetric(covariance, size: features.columns)
    directions = Self.directions(pairs)
    guard directions.rows > 0 else { throw CannotRun("needs features that vary within a class") }
    (whitened, residuals) = try Self.project(input, rows, means, directions, pairs)
  }

  private static func directions(_ pairs: Eigenpairs) -> DenseMatrix {
    let total = pairs.values.reduce(0) { $0 + max(0, $1) }
    var held = 0.0
    var values: [Float] = []
    var count = 0
    for index in 0..<min(pairs.size, maxDirections) where held < heldVariance * total {
      let value = pairs.values[index]
      guard value > 1e-8 * max(pairs.values[0], 1e-30) else { break }
      held += value
      values += pairs.vector(index).map { Float($0 / value.squareRoot()) }
      count += 1
    }
    return DenseMatrix(rows: count, columns: pairs.size, values: values)
  }

  private static func project(
    _ input: ScanInput, _ rows: [Int], _ means: ClassSums.Means, _ directions: DenseMatrix,
    _ pairs: Eigenpairs
  ) throws -> (DenseMatrix, [Float]) {
    let all = try Products.multiply(input.features, directions, transposeB: true, workers: input.workers)
    let centers = DenseMatrix(rows: input.classCount, columns: means.columns, values: means.values)
    let offsets = try Products.multiply(centers, directions, transposeB: true, workers: input.workers)
    let width = directions.rows
    var values = [Float](repeating: 0, count: all.values.count)
    var residuals = [Float](repeating: .nan, count: input.count)
    for row in rows {
      var held: Float = 0
      for column in 0..<width {
        let z = all[row, column] - offsets[input.labels[row], column]
        values[row * width + column] = z
        held += z * z * Float(pairs.values[column])
      }
      let whole = Distance.squared(input.features.row(row), means.mean(of: input.labels[row]))
      residuals[row] = max(0, whole - held)
    }
    return (DenseMatrix(rows: input.count, columns: width, values: values), residuals)
  }
}

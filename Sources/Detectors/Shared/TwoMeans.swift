import Learning
import Numerics

/// Rows cut into two groups by their means.
struct TwoMeans: Sendable {
  let fit: KMeans
  /// The smaller group.
  let small: Int
  /// (d_large − d_small)/(d_large + d_small) of each row to the two means, −1...1: positive in the smaller group.
  let margins: [Float]

  /// Nil where there are no two groups, as all rows are the same.
  /// - Throws: never.
  init?(_ points: DenseMatrix, rows: [Int], seed: UInt64, workers: Workers) throws {
    let fit = try KMeans.fit(points, rows: rows, k: 2, seed: seed, workers: workers)
    guard fit.sizes.count == 2 else { return nil }
    let small = fit.sizes[0] <= fit.sizes[1] ? 0 : 1
    margins = rows.map { row in
      let near = Distance.squared(points.row(row), fit.centers.row(small)).squareRoot()
      let far = Distance.squared(points.row(row), fit.centers.row(1 - small)).squareRoot()
      return near + far > 0 ? (far - near) / (far + near) : 0
    }
    self.fit = fit
    self.small = small
  }
}

import Features
import Numerics

/// A 2-D view of the features and clusters to color it by: what the scatter plot shows.
///
/// The features are reduced to their widest directions; in these, after whitening by the spread within classes,
/// the two directions in which the class means lie furthest apart are the axes (Fisher's discriminant). Where
/// there are fewer than three classes the missing axes are the principal directions within the classes. Sums over rows
/// only, so a million rows cost a covariance.
package struct PlaneLayout: Sendable {
  /// [N, 2] row-major, each axis centered and of unit deviation; NaN for excluded rows.
  package let points: [Float]
  /// Cluster of each row, -1 for excluded rows. Empty, as `points`, without features.
  package let clusters: [Int32]

  static let components = 32
  static let clusterComponents = 10
  /// Of few classes; of many, twice as many as classes, so that a part of a class can stand out.
  static let maxClusters = 12
  static let clusterLimit = 40
  /// Rows on which the number of clusters is chosen.
  static let maxSampleRows = 4000

  /// - Parameters:
  ///   - features: [N, D], every value of a row that is not excluded finite.
  ///   - labels: [N], 0..<classCount, -1 for none.
  ///   - excluded: rows without a place in the plane.
  ///   - seed: of the starts of the clusters and of the rows that their number is chosen on.
  /// - Throws: never.
  package static func make(
    features: DenseMatrix, labels: [Int], classCount: Int, excluding excluded: Set<Int>, seed: UInt64,
    workers: Workers
  ) throws -> PlaneLayout {
    let rows = labels.indices.filter { !excluded.contains($0) }
    guard features.columns > 0, !rows.isEmpty else { return PlaneLayout(points: [], clusters: []) }
    let components = try PrincipalComponents.fit(
      features, rows: rows, count: Self.components, seed: seed, workers: workers)
    let reduced = try components.project(features, workers: workers)
    let directions = try separating(
      reduced, rows: rows, labels: labels, classCount: classCount, excluding: excluded, workers: workers)
    let plane = try Products.multiply(reduced, axes(directions, width: reduced.columns), workers: workers)
    let scaled = try FeatureBuilder.standardized(plane, excluding: excluded, workers: workers)
    var points = scaled.values
    for row in excluded {
      points[row * 2] = .nan
      points[row * 2 + 1] = .nan
    }
    var clusters = [Int32](repeating: -1, count: labels.count)
    // In the space that the plane is a view of, so that what lies together has one color.
    let space =
      directions.count < 2
      ? reduced : try Products.multiply(reduced, matrix(directions), workers: workers)
    let assignment = try cluster(
      space, rows: rows, classCount: classCount, seed: seed, workers: workers)
    for (index, row) in rows.enumerated() { clusters[row] = Int32(assignment[index]) }
    return PlaneLayout(points: points, clusters: clusters)
  }

  /// At most `clusterComponents` directions of the reduced features in which the classes lie apart; none with fewer
  /// than two classes.
  private static func separating(
    _ reduced: DenseMatrix, rows: [Int], labels: [Int], classCount: Int, excluding excluded: Set<Int>,
    workers: Workers
  ) throws -> [[Double]] {
    let labeled = rows.filter { labels[$0] >= 0 }
    let means = try ClassSums.means(
      of: reduced, labels: labels, classCount: classCount, excluding: excluded, workers: workers)
    guard means.counts.filter({ $0 > 0 }).count > 1 else { return [] }
    let within = try ClassSums.covariance(
      of: reduced, rows: labeled, centers: means.values, centerOfRow: { labels[$0] }, workers: workers)
    return discriminants(within: within, means: means, width: reduced.columns)
  }

  /// [E, 2] weights: the two that separate most, or the widest where classes give fewer.
  private static func axes(_ directions: [[Double]], width: Int) -> DenseMatrix {
    var found = Array(directions.prefix(2))
    // Principal directions are the unit vectors here; those that a discriminant already holds add nothing.
    for j in 0..<width where found.count < 2 {
      var unit = [Double](repeating: 0, count: width)
      unit[j] = 1
      let first = found.first ?? []
      let norm = first.reduce(0) { $0 + $1 * $1 }
      if norm > 0 {
        let share = first[j] / norm
        for i in 0..<width { unit[i] -= share * first[i] }
      }
      if unit.contains(where: { abs($0) > 1e-3 }) { found.append(unit) }
    }
    // A single feature has one axis; the other stays flat.
    while found.count < 2 { found.append([Double](repeating: 0, count: width)) }
    return matrix(found)
  }

  /// Directions as columns.
  private static func matrix(_ directions: [[Double]]) -> DenseMatrix {
    let width = directions.first?.count ?? 0
    let values = (0..<width).flatMap { j in directions.map { Float($0[j]) } }
    return DenseMatrix(rows: width, columns: directions.count, values: values)
  }

  /// At most `clusterComponents` directions w that make wᵀBw / wᵀWw large; a tenth of the mean spread is added to W's diagonal, or
  /// a direction without spread would win.
  private static func discriminants(
    within: [Double], means: ClassSums.Means, width: Int
  ) -> [[Double]] {
    var shrunk = within
    let trace = (0..<width).reduce(0) { $0 + within[$1 * width + $1] } / Double(max(1, width))
    for j in 0..<width { shrunk[j * width + j] += 0.1 * trace + 1e-12 }
    let pairs = Eigen.symmetric(shrunk, size: width)
    // Rows of `whitening` are eigenvectors over the root of their eigenvalue: whitening W whiteningᵀ = 1.
    let whitening = (0..<width).map { index in
      pairs.vector(index).map { $0 / max(pairs.values[index], 1e-12).squareRoot() }
    }
    let total = Double(max(1, means.counts.reduce(0, +)))
    var center = [Double](repeating: 0, count: width)
    for (label, count) in means.counts.enumerated() {
      for (j, value) in means.mean(of: label).enumerated() {
        center[j] += Double(value) * Double(count) / total
      }
    }
    var between = [Double](repeating: 0, count: width * width)
    for (label, count) in means.counts.enumerated() where count > 0 {
      let offset = zip(means.mean(of: label), center).map { Double($0) - $1 }
      let white = whitening.map { row in zip(row, offset).reduce(0) { $0 + $1.0 * $1.1 } }
      for i in 0..<width {
        for j in 0..<width { between[i * width + j] += white[i] * white[j] * Double(count) / total }
      }
    }
    let directions = Eigen.symmetric(between, size: width)
    return (0..<min(clusterComponents, width)).compactMap { index in
      guard directions.values[index] > 1e-6 * max(directions.values[0], 1e-12) else { return nil }
      var weights = [Double](repeating: 0, count: width)
      for (i, share) in directions.vector(index).enumerated() {
        for j in 0..<width { weights[j] += share * whitening[i][j] }
      }
      return weights
    }
  }

  /// k-means in at most ten directions, with the number of clusters that makes the ratio of spread between to
  /// spread within clusters largest (Caliński & Harabasz, 1974), chosen on a part of the rows among numbers from one
  /// for each class on: overlapping classes would otherwise be two clusters.
  private static func cluster(
    _ reduced: DenseMatrix, rows: [Int], classCount: Int, seed: UInt64, workers: Workers
  ) throws -> [Int] {
    let width = min(clusterComponents, reduced.columns)
    var values: [Float] = []
    values.reserveCapacity(rows.count * width)
    for row in rows { values.append(contentsOf: reduced.row(row).prefix(width)) }
    let points = DenseMatrix(rows: rows.count, columns: width, values: values)
    let step = max(1, rows.count / maxSampleRows)
    let sample = Array(stride(from: 0, to: rows.count, by: step))
    let whole = try KMeans.fit(points, rows: sample, k: 1, seed: seed, starts: 1, workers: workers)
    var best = (index: 0.0, k: 1)
    let minK = min(max(2, classCount), clusterLimit)
    let maxK = max(maxClusters, min(2 * classCount, clusterLimit))
    for k in minK...maxK where k < sample.count && whole.inertia > 0 {
      let run = try KMeans.fit(points, rows: sample, k: k, seed: seed, starts: 2, workers: workers)
      let between = (whole.inertia - run.inertia) / Double(k - 1)
      let within = run.inertia / Double(sample.count - k)
      let index = within > 0 ? between / within : .infinity
      if index > best.index { best = (index, k) }
      if index == .infinity { break }
    }
    let all = Array(0..<rows.count)
    return try KMeans.fit(points, rows: all, k: best.k, seed: seed, starts: 2, workers: workers).assignment
  }
}

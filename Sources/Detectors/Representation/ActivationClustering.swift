import Learning
import Model
import Numerics
import Scanning

/// Two clusters in each class's features, reduced to ten dimensions (Chen et al., "Detecting backdoor attacks by
/// activation clustering", 2018): where the smaller holds less than 35 % and the silhouette of the cut is above 0.10,
/// the class may hold a second component. Score: how much nearer the smaller cluster's center is than the larger's,
/// times the silhouette; only the sign's side of the smaller cluster is positive. NaN without a label or finite
/// features, and in classes of fewer than 20.
///
/// A cut with silhouette above 0.25 and a separation that a single normal component does not show (Ashman's D above 4;
/// Ashman, Bird & Zepf, 1994) is a finding, unless it is the gap between two codes of one table column (`CodeGap`); it is
/// evidence where the labels contradict it too (`ComponentTest`).
struct ActivationClustering: Detector {
  let info = DetectorInfo(
    name: "activation-clustering", family: .representation,
    summary: "in the smaller of two clusters of its class")
  private static let dimensions = 10
  private static let maxMinority = 0.35
  private static let minSilhouette = 0.10

  private struct Cut: Sendable {
    let rows: [Int]
    let clusters: TwoClusters
  }

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labelledFeatures(input)
    let serial = Workers(threads: 1)
    let cuts = try input.workers.map(count: input.classCount, blockSize: 1) { range -> Cut? in
      try input.checkCancellation()
      let rows = input.rowsByClass[range.lowerBound].filter { !input.unusableRows.contains($0) }
      guard rows.count >= 20 else { return nil }
      let cut = try TwoClusters.cut(
        input.features, rows: rows, dimensions: Self.dimensions, seed: input.seed, workers: serial)
      return Cut(rows: rows, clusters: cut)
    }
    var scores = [Float](repeating: .nan, count: input.count)
    var findings: [Finding] = []
    for (label, found) in cuts.enumerated() {
      guard let rows = found?.rows, let cut = found?.clusters else { continue }
      let isSmall = cut.minorityShare < Self.maxMinority && cut.silhouette > Self.minSilhouette
      let weight = isSmall ? Float(cut.silhouette) : 0.01
      for (index, row) in rows.enumerated() { scores[row] = cut.margins[index] * weight }
      if isSmall, cut.silhouette > 0.25, cut.separation > 4, input.dataset.classes.indices.contains(label) {
        let minority = rows.indices.filter { cut.margins[$0] > 0 }.map { rows[$0] }
        let (members, attack) = ComponentTest.reported(minority, of: label, input)
        guard members.count >= 5, !CodeGap.separates(minority, of: rows, input) else { continue }
        findings.append(
          Finding(
            kind: .component, attack: attack,
            sentence:
              "\(minority.count) samples of class \"\(displayText(input.dataset.classes[label]))\" form a "
              + "separate cluster"
              + (members.count < minority.count ? ", \(members.count) of them among other classes" : ""),
            label: Int32(label), statisticName: "separation D",
            statistic: cut.separation,
            pValue: ComponentTest.pValue(minority, of: label, input),
            members: Column(members.map { Int32($0) })))
      }
    }
    return Detection(scores: scores, findings: findings)
  }
}

/// The best cut of some rows into two, in their first principal coordinates.
struct TwoClusters: Sendable {
  /// Those of `TwoMeans`.
  var margins: [Float]
  var minorityShare: Double
  /// Mean simplified silhouette (distances to the two centers; Hruschka et al., 2006), 0...1.
  var silhouette: Double
  /// Ashman's D of the two clusters along the line through their centers.
  var separation: Double

  static func cut(
    _ features: DenseMatrix, rows: [Int], dimensions: Int, seed: UInt64, workers: Workers
  ) throws -> TwoClusters {
    let width = features.columns
    let centred = Products.centred(features, rows: rows).values
    let directions = Eigen.topSingularVectors(centred, rows: rows.count, columns: width, count: dimensions)
      .vectors
    let reduced = Products.coordinates(centred, width: width, along: directions)
    let points = DenseMatrix(rows: rows.count, columns: directions.count, values: reduced)
    guard let cut = try TwoMeans(points, rows: Array(rows.indices), seed: seed, workers: workers) else {
      return TwoClusters(margins: rows.map { _ in 0 }, minorityShare: 0, silhouette: 0, separation: 0)
    }
    let silhouette = cut.margins.reduce(0.0) { $0 + Double(abs($1)) } / Double(rows.count)
    return TwoClusters(
      margins: cut.margins, minorityShare: Double(cut.fit.sizes[cut.small]) / Double(rows.count),
      silhouette: silhouette, separation: separation(points, cut.fit))
  }

  private static func separation(_ points: DenseMatrix, _ fit: KMeans) -> Double {
    let axis = zip(fit.centers.row(1), fit.centers.row(0)).map { $0 - $1 }
    let length = Distance.dot(axis[...], axis[...]).squareRoot()
    guard length > 0 else { return 0 }
    var moments = [(n: 0.0, sum: 0.0, squares: 0.0), (n: 0.0, sum: 0.0, squares: 0.0)]
    for (index, cluster) in fit.assignment.enumerated() {
      let value = Double(Distance.dot(points.row(index), axis[...]) / length)
      moments[cluster].n += 1
      moments[cluster].sum += value
      moments[cluster].squares += value * value
    }
    let variances = moments.map { max(0, $0.squares / $0.n - ($0.sum / $0.n) * ($0.sum / $0.n)) }
    let spread = ((variances[0] + variances[1]) / 2).squareRoot()
    return spread > 0 ? Double(length) / spread : 0
  }
}

import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorDensityTests {
  /// Clouds with five rows far outside.
  private func outliers() throws -> (input: ScanInput, truth: [Bool]) {
    let (features, labels) = Core.clouds(rows: 300, columns: 6, classes: 3, distance: 2)
    var values = features.values
    var random = SeededRandom(seed: 9)
    for row in 0..<5 {
      for column in 0..<6 { values[row * 6 + column] += Float(9 * random.normal()) }
    }
    let dataset = try Core.dataset(
      labels: labels, classes: 3, features: DenseMatrix(rows: 300, columns: 6, values: values))
    return (try ScanInput.prepare(dataset), (0..<300).map { $0 < 5 })
  }

  @Test(arguments: [
    "class-distance", "neighbor-distance", "local-outlier", "class-mahalanobis", "isolation",
    "spectral-signature",
  ])
  func whatLiesFarOutsideScoresHigh(name: String) throws {
    let (input, truth) = try outliers()
    #expect(Quality.auroc(try Detecting.run(name, on: input).scores, truth: truth) > 0.9)
  }

  @Test func distancesFollowTheirFormulas() throws {
    let (input, _) = try outliers()
    let all = Array(0..<input.count)
    func mean(_ row: Int, _ rows: [Int]) -> Double {
      let near = Detecting.nearest(input.features, row, 10, among: rows)
      return near.reduce(0) { $0 + $1.distance } / Double(near.count)
    }
    Detecting.expectSame(try Detecting.run("neighbor-distance", on: input).scores, all.map { mean($0, all) })
    let own = all.map { mean($0, input.rowsByClass[input.labels[$0]]) }
    let medians = input.rowsByClass.map { Detecting.median($0.map { own[$0] }) }
    Detecting.expectSame(
      try Detecting.run("class-distance", on: input).scores, all.map { own[$0] / medians[input.labels[$0]] })
  }

  @Test func theLocalOutlierFactorFollowsItsDefinition() throws {
    let (input, _) = try outliers()
    let all = Array(0..<input.count)
    let near = all.map { Detecting.nearest(input.features, $0, 20, among: all) }
    let density = all.map { row in
      1 / (near[row].reduce(0) { $0 + max($1.distance, near[$1.row][19].distance) } / 20)
    }
    Detecting.expectSame(
      try Detecting.run("local-outlier", on: input).scores,
      all.map { row in near[row].reduce(0) { $0 + density[$1.row] } / 20 / density[row] })
  }

  /// Two columns, so that the shared covariance is decomposed by hand; the wide direction holds nine tenths of it.
  @Test func mahalanobisAndResidualSplitTheDistanceToTheClass() throws {
    var random = SeededRandom(seed: 5)
    let labels = (0..<200).map { $0 % 2 }
    let values = labels.flatMap { [Float(Double($0) * 3 + random.normal()), Float(20 * random.normal())] }
    let features = DenseMatrix(rows: 200, columns: 2, values: values)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 2, features: features))
    let spread = TwoColumns(values, labels)
    let along = (0..<200).map { spread.along($0, labels[$0]) }
    let distances = along.map { $0 * $0 / spread.variance }
    let residuals = (0..<200).map { spread.squaredLength($0, labels[$0]) - along[$0] * along[$0] }
    func relative(_ scores: [Double]) -> [Double] {
      let medians = (0..<2).map { label in
        Detecting.median((0..<200).filter { labels[$0] == label }.map { scores[$0] })
      }
      return (0..<200).map { scores[$0] / medians[labels[$0]] }
    }
    Detecting.expectSame(
      try Detecting.run("class-mahalanobis", on: input).scores, relative(distances), tolerance: 0.01)
    Detecting.expectSame(
      try Detecting.run("class-residual", on: input).scores, relative(residuals), tolerance: 0.02)
  }

  @Test func isolationIsOneHalfWhereNothingStandsOut() throws {
    let (input, _) = try outliers()
    let scores = try Detecting.run("isolation", on: input).scores
    #expect(scores.allSatisfy { $0 > 0 && $0 < 1 })
    // The expected depth stands for a score of a half (Liu et al., 2008).
    #expect(abs(Statistics.median(scores) - 0.5) < 0.1)
  }
}

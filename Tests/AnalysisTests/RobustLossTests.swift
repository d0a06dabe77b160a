import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct RobustLossTests {
  @Test func lossesAreThoseOfAPlainAndAWorstCaseTraining() throws {
    for classes in [2, 3] {
      let (features, labels) = Core.clouds(rows: 60, columns: 3, classes: classes, distance: 1.5, seed: 4)
      let input = try ScanInput.prepare(
        try Core.dataset(labels: labels, classes: classes, features: features))
      let oracle = SlowRegression(features, labels, classes)
      let plain = oracle.train(radius: 0)
      let hardened = oracle.train(radius: 0.5 * Detecting.median(oracle.distancesOfTheRight(plain)))
      Detecting.expectSame(
        try Detecting.run("robust-loss", on: input).scores,
        (0..<60).map { oracle.loss(hardened, $0, 0) - oracle.loss(plain, $0, 0) }, tolerance: 2e-2)
    }
  }

  /// Column 0 tells the classes apart from far, column 1 in small steps that only the planted samples take.
  @Test func holdersOfASmallFeatureStandAboveWrongLabels() throws {
    var random = SeededRandom(seed: 3)
    let (rows, columns) = (400, 4)
    var labels = (0..<rows).map { $0 % 2 }
    var isPlanted = [Bool](repeating: false, count: rows)
    var values: [Float] = []
    for row in 0..<rows {
      let side = Double(labels[row] * 2 - 1)
      isPlanted[row] = row % 25 == 0
      values.append(
        Float(isPlanted[row] ? -1.5 * side + 0.3 * random.normal() : 2 * side + 0.7 * random.normal()))
      values.append(Float((isPlanted[row] ? 0.8 * side : 0) + 0.05 * random.normal()))
      for _ in 2..<columns { values.append(Float(random.normal())) }
    }
    for row in stride(from: 7, to: rows, by: 25) { labels[row] = 1 - labels[row] }
    let input = try ScanInput.prepare(
      try Core.dataset(
        labels: labels, classes: 2, features: DenseMatrix(rows: rows, columns: columns, values: values)))
    let scores = try Detecting.run("robust-loss", on: input).scores
    let least = (0..<rows).filter { isPlanted[$0] }.map { scores[$0] }.min() ?? -.infinity
    #expect((0..<rows).count { !isPlanted[$0] && scores[$0] >= least } <= rows / 100)
  }

  @Test func featuresThatSayNothingAreAReason() throws {
    let features = DenseMatrix(rows: 30, columns: 2, values: [Float](repeating: 4, count: 60))
    let input = try ScanInput.prepare(
      try Core.dataset(labels: (0..<30).map { $0 % 3 }, classes: 3, features: features))
    #expect(throws: CannotRun("needs features")) {
      try Detecting.run("robust-loss", on: input)
    }
  }
}

/// Softmax regression by plain descent in double precision, every sample at its worst within a radius.
private struct SlowRegression {
  let points: [[Double]]
  let labels: [Int]
  let classes: Int

  init(_ features: DenseMatrix, _ labels: [Int], _ classes: Int) {
    let (rows, columns) = (features.rows, features.columns)
    let means = (0..<columns).map { j in
      (0..<rows).reduce(0.0) { $0 + Double(features[$1, j]) } / Double(rows)
    }
    let centered = (0..<rows).map { row in (0..<columns).map { Double(features[row, $0]) - means[$0] } }
    let size = (centered.joined().reduce(0) { $0 + $1 * $1 } / Double(rows * columns)).squareRoot()
    points = centered.map { $0.map { $0 / size } }
    self.labels = labels
    self.classes = classes
  }

  /// A class: weights, then its bias.
  typealias Weights = [[Double]]

  func separation(_ w: Weights, _ a: Int, _ b: Int) -> Double {
    var square = 0.0
    for j in points[0].indices { square += (w[a][j] - w[b][j]) * (w[a][j] - w[b][j]) }
    return square.squareRoot()
  }

  func logits(_ w: Weights, _ row: Int, _ radius: Double) -> [Double] {
    (0..<classes).map { k in
      var sum: Double = w[k][points[row].count]
      for (j, x) in points[row].enumerated() { sum += w[k][j] * x }
      return sum + radius * separation(w, k, labels[row])
    }
  }

  func loss(_ w: Weights, _ row: Int, _ radius: Double) -> Double {
    let z = logits(w, row, radius)
    return log(z.reduce(0) { $0 + exp($1) }) - z[labels[row]]
  }

  func train(radius: Double) -> Weights {
    // Unequal from the start, since the separation of equal weights has no slope.
    var w: Weights = []
    for k in 0..<classes {
      w.append((0...points[0].count).map { (j: Int) -> Double in Double((k * 5 + j * 3) % 7) * 0.01 })
    }
    for _ in 0..<4000 {
      let slope = slope(w, radius)
      for k in w.indices {
        for j in w[k].indices { w[k][j] -= 0.01 * slope[k][j] }
      }
    }
    return w
  }

  private func slope(_ w: Weights, _ radius: Double) -> Weights {
    let width = points[0].count
    var slope = w
    for k in w.indices {
      for j in 0..<width { slope[k][j] = 10 * w[k][j] }
      slope[k][width] = 0
    }
    for row in points.indices {
      let y = labels[row]
      let z = logits(w, row, radius).map { exp($0) }
      let sum = z.reduce(0, +)
      for k in 0..<classes {
        let p: Double = z[k] / sum
        let error: Double = k == y ? p - 1 : p
        for j in 0..<width { slope[k][j] += error * points[row][j] }
        slope[k][width] += error
        guard k != y else { continue }
        let pull: Double = radius * p / separation(w, k, y)
        for j in 0..<width {
          let part: Double = pull * (w[k][j] - w[y][j])
          slope[k][j] += part
          slope[y][j] -= part
        }
      }
    }
    return slope
  }

  func distancesOfTheRight(_ w: Weights) -> [Double] {
    points.indices.compactMap { row in
      let z = logits(w, row, 0)
      let y = labels[row]
      let least = (0..<classes).filter { $0 != y }.map { (z[y] - z[$0]) / separation(w, y, $0) }.min() ?? 0
      return least > 0 ? least : nil
    }
  }
}

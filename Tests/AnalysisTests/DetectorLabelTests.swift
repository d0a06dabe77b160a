import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorLabelTests {
  @Test(arguments: [
    "self-confidence", "margin", "confident-learning", "el2n", "neighbor-disagreement", "neighbor-plurality",
    "label-pairs", "class-discriminant", "area-under-margin",
  ])
  func flippedLabelsScoreHigh(name: String) throws {
    let (dataset, truth) = try Detecting.clouds()
    let detection = try Detecting.run(name, on: ScanInput.prepare(dataset))
    #expect(Quality.auroc(detection.scores, truth: truth) > 0.95)
  }

  @Test func probabilityScoresFollowTheirFormulas() throws {
    let (dataset, _) = try Detecting.clouds()
    let input = try ScanInput.prepare(dataset)
    let p = (0..<input.count).map { row in input.probabilities.row(row).map(Double.init) }
    let y = input.labels
    Detecting.expectSame(
      try Detecting.run("self-confidence", on: input).scores, y.indices.map { 1 - p[$0][y[$0]] })
    Detecting.expectSame(
      try Detecting.run("margin", on: input).scores,
      y.indices.map { row in
        var best = 0.0
        for k in 0..<3 where k != y[row] { best = max(best, p[row][k]) }
        return (best - p[row][y[row]] + 1) / 2
      })
    var thresholds = [0.0, 0, 0]
    for k in 0..<3 {
      let rows = y.indices.filter { y[$0] == k }
      thresholds[k] = rows.reduce(0) { $0 + p[$1][k] } / Double(rows.count)
    }
    Detecting.expectSame(
      try Detecting.run("confident-learning", on: input).scores,
      y.indices.map { row in
        var best = -Double.infinity
        for k in 0..<3 where k != y[row] { best = max(best, p[row][k] - thresholds[k]) }
        return best - (p[row][y[row]] - thresholds[y[row]])
      })
  }

  @Test func neighborVotesFollowTheirFormulas() throws {
    let (dataset, _) = try Detecting.clouds(rows: 120)
    let input = try ScanInput.prepare(dataset)
    let all = Array(0..<input.count)
    let y = input.labels
    Detecting.expectSame(
      try Detecting.run("neighbor-disagreement", on: input).scores,
      all.map { row in
        let near = Detecting.nearest(input.features, row, 25, among: all)
        let weights = near.map { 1 / (1 + $0.distance / near[12].distance) }
        var other = 0.0
        for (neighbor, weight) in zip(near, weights) where y[neighbor.row] != y[row] { other += weight }
        return other / weights.reduce(0, +)
      })
    Detecting.expectSame(
      try Detecting.run("neighbor-plurality", on: input).scores,
      all.map { row in
        let size = y.count { $0 == y[row] }
        let near = Detecting.nearest(input.features, row, min(50, size), among: all)
        var counts = [0, 0, 0]
        for neighbor in near { counts[y[neighbor.row]] += 1 }
        let best = (0..<3).filter { $0 != y[row] }.map { counts[$0] }.max() ?? 0
        return Double(best - counts[y[row]]) / Double(near.count)
      })
  }

  @Test func theDiscriminantComparesTheShapesOfClasses() throws {
    // Two columns whose common covariance is known: the second has ten times the spread.
    var random = SeededRandom(seed: 3)
    let labels = (0..<400).map { $0 % 2 }
    let values = labels.flatMap { label in
      [Float(Double(label) * 4 + random.normal()), Float(10 * random.normal())]
    }
    let features = DenseMatrix(rows: 400, columns: 2, values: values)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 2, features: features))
    let scores = try Detecting.run("class-discriminant", on: input).scores
    // The wide direction alone holds nine tenths of the variance, so that only it counts.
    let spread = TwoColumns(values, labels)
    func squared(_ row: Int, _ label: Int) -> Double {
      let along = spread.along(row, label)
      return along * along / spread.variance
    }
    Detecting.expectSame(scores, (0..<400).map { squared($0, labels[$0]) - squared($0, 1 - labels[$0]) })
  }

  /// What goes three times as often one way as the other people confuse; flips of an attack go one way alone.
  @Test func oneWayFlipsAreAFindingAndMutualOnesAreNot() throws {
    for (isMutual, back) in [(false, 0), (true, 60), (true, 20)] {
      var (features, labels) = Core.clouds(rows: 900, columns: 8, classes: 3, distance: 2)
      features = DenseMatrix(rows: 900, columns: 8, values: features.values)
      let moved = (0..<900).filter { labels[$0] == 0 }.prefix(60)
      let reverse = (0..<900).filter { labels[$0] == 1 }.prefix(back)
      for row in moved { labels[row] = 1 }
      if isMutual { for row in reverse { labels[row] = 0 } }
      let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 3, features: features))
      let findings = try Detecting.run("label-pairs", on: input).findings
      if isMutual {
        #expect(findings.isEmpty)
      } else {
        let finding = try #require(findings.first)
        #expect(finding.label == 1 && (finding.qValue ?? 1) < 1e-3)
        #expect(finding.members.count { moved.contains(Int($0)) } * 10 >= finding.members.count * 9)
      }
    }
  }

  /// A model of the user that is wrong one way says as much as one that is right about flipped labels; the features
  /// know which it is.
  @Test(arguments: [true, false]) func aModelThatIsWrongIsNoEvidence(areFlipped: Bool) throws {
    var (features, labels) = Core.clouds(rows: 900, columns: 8, classes: 3, distance: 2)
    features = DenseMatrix(rows: 900, columns: 8, values: features.values)
    let moved = Set((0..<900).filter { labels[$0] == (areFlipped ? 0 : 1) }.prefix(60))
    let believed = labels.enumerated().map { row, label in moved.contains(row) ? 0 : label }
    for row in moved { labels[row] = 1 }
    var dataset = try Core.dataset(labels: labels, classes: 3, features: features)
    var random = SeededRandom(seed: 4)
    let probabilities = believed.flatMap { believed -> [Float] in
      let sure = Float(0.8 + 0.15 * random.uniform())
      return (0..<3).map { $0 == believed ? sure : (1 - sure) / 2 }
    }
    dataset.probabilities = Matrix(rows: 900, columns: 3, values: probabilities)
    let findings = try Detecting.run("label-pairs", on: try ScanInput.prepare(dataset)).findings
    #expect(findings.map(\.label) == (areFlipped ? [1] : []))
  }
}

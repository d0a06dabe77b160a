import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorOriginTests {
  static let rows = 900

  /// A stream of clouds by ten sources, in random order; no attack.
  private func stream(seed: UInt64 = 1) throws -> Dataset {
    let (features, labels) = Core.clouds(rows: Self.rows, columns: 5, classes: 3, distance: 2, seed: seed)
    var dataset = try Core.dataset(labels: labels, classes: 3, features: features)
    var random = SeededRandom(seed: seed, stream: 7)
    var times = (0..<Self.rows).map { Int64($0 * 1000) }
    random.shuffle(&times)
    dataset.times = Column(times)
    dataset.sources = Categories(
      codes: Column((0..<Self.rows).map { _ in Int32(random.below(10)) }), names: (0..<10).map { "s\($0)" })
    return dataset
  }

  /// Rows in order of arrival.
  private func order(_ dataset: Dataset) throws -> [Int] {
    let times = try #require(dataset.times)
    return (0..<dataset.count).sorted { times[$0] < times[$1] }
  }

  /// Of 40 arrivals after the hundredth three in four are poison: alike, of one label and from source 3.
  private func burst() throws -> (dataset: Dataset, truth: [Bool]) {
    var dataset = try stream()
    let order = try order(dataset)
    let planted = Set(order[100..<140].enumerated().filter { $0.offset % 4 != 0 }.map(\.element))
    var labels = Array(dataset.labels)
    var values = (0..<Self.rows).flatMap { dataset.features?.row($0) ?? [] }
    var codes = Array(dataset.sources?.codes ?? [])
    for row in planted {
      labels[row] = 1
      codes[row] = 3
      for column in 0..<5 { values[row * 5 + column] = 9 + values[row * 5 + column] / 4 }
    }
    dataset.labels = Column(labels)
    dataset.features = Matrix(rows: Self.rows, columns: 5, values: values)
    dataset.sources = Categories(codes: Column(codes), names: (0..<10).map { "s\($0)" })
    return (dataset, (0..<Self.rows).map { planted.contains($0) })
  }

  @Test(arguments: ["window-labels", "source-labels", "neighbor-times", "neighbor-sources"])
  func aCoordinatedBurstIsFound(name: String) throws {
    let (dataset, truth) = try burst()
    let detection = try Detecting.run(name, on: ScanInput.prepare(dataset))
    #expect(Quality.auroc(detection.scores, truth: truth) > 0.9)
    // Where and when is no evidence by itself: what is told of it follows from the content (`OriginLift`).
    #expect(detection.findings.isEmpty)
  }

  @Test(arguments: ["window-flags", "source-flags"])
  func wrongLabelsTogetherAreFound(name: String) throws {
    var dataset = try stream()
    let order = try order(dataset)
    var labels = Array(dataset.labels)
    var codes = Array(dataset.sources?.codes ?? [])
    let planted = Set(order[200..<225])
    for row in planted {
      labels[row] = (labels[row] + 1) % 3
      codes[row] = 4
    }
    dataset.labels = Column(labels)
    dataset.sources = Categories(codes: Column(codes), names: (0..<10).map { "s\($0)" })
    let detection = try Detecting.run(name, on: ScanInput.prepare(dataset))
    #expect(Quality.auroc(detection.scores, truth: (0..<Self.rows).map { planted.contains($0) }) > 0.9)
  }

  @Test func windowsAreTheBestOfAllByTheStrictLoop() throws {
    let (dataset, _) = try burst()
    let input = try ScanInput.prepare(dataset)
    let order = try order(dataset)
    let labels = order.map { input.labels[$0] }
    var best = [Double](repeating: 0, count: Self.rows)
    for size in [8, 16, 32, 64] {
      for first in 0...Self.rows - size {
        for label in 0..<3 {
          let share = Double(labels.count { $0 == label }) / Double(Self.rows)
          let hits = labels[first..<first + size].count { $0 == label }
          let ratio = Detecting.excess(hits, size, share)
          for place in first..<first + size where labels[place] == label {
            best[order[place]] = max(best[order[place]], ratio)
          }
        }
      }
    }
    // The inflation by a set's own windows is at least 1, so that no score is above the plain ratio; the best is it.
    let scores = try Detecting.run("window-labels", on: input).scores
    for row in 0..<Self.rows { #expect(Double(scores[row]) <= best[row] + 1e-3) }
    let top = try #require(scores.max())
    #expect(Double(top) > 0.6 * (best.max() ?? 0))
  }

  @Test func neighborsInTimeAndSourceFollowTheirFormulas() throws {
    let dataset = try stream()
    let input = try ScanInput.prepare(dataset)
    let order = try order(dataset)
    var places = [Int](repeating: 0, count: Self.rows)
    for (place, row) in order.enumerated() { places[row] = place }
    let codes = try #require(dataset.sources).codes
    let all = Array(0..<Self.rows)
    var inTime = [Double](repeating: 0, count: Self.rows)
    var ofSource = inTime
    let nearest = all.map { Detecting.nearest(input.features, $0, 30, among: all).map(\.row) }
    for count in [10, 30] {
      let near = nearest.map { $0.prefix(count) }
      for reach in [8, 32] {
        let share = Double(2 * reach) / Double(Self.rows - 1)
        let hits = all.map { row in near[row].count { abs(places[$0] - places[row]) <= reach } }
        let factor = natural(hits.map { (Double($0) / Double(count), share) })
        for row in all { inTime[row] = max(inTime[row], Detecting.excess(hits[row], count, share * factor)) }
      }
      let hits = all.map { row in near[row].count { codes[$0] == codes[row] } }
      let shares = all.map { row in Double(codes.count { $0 == codes[row] } - 1) / Double(Self.rows - 1) }
      let factor = natural(zip(hits, shares).map { (Double($0) / Double(count), $1) })
      for row in all {
        ofSource[row] = max(ofSource[row], Detecting.excess(hits[row], count, shares[row] * factor))
      }
    }
    Detecting.expectSame(try Detecting.run("neighbor-times", on: input).scores, inTime)
    Detecting.expectSame(try Detecting.run("neighbor-sources", on: input).scores, ofSource)
  }

  private func natural(_ shares: [(Double, Double)]) -> Double {
    let kept = shares.sorted { $0.0 - $0.1 < $1.0 - $1.1 }.prefix(shares.count * 9 / 10)
    return max(1, kept.reduce(0) { $0 + $1.0 } / kept.reduce(0) { $0 + $1.1 })
  }

  @Test func sourcesAreJudgedWithoutTheSampleItself() throws {
    let dataset = try stream()
    let input = try ScanInput.prepare(dataset)
    let codes = try #require(dataset.sources).codes
    let scores = try Detecting.run("source-labels", on: input).scores
    // Inflation divides all alike: ratios of scores to the formula are one number, at most 1.
    var factors: [Double] = []
    for row in 0..<Self.rows {
      let size = codes.count { $0 == codes[row] }
      let hits = (0..<Self.rows).count { codes[$0] == codes[row] && input.labels[$0] == input.labels[row] }
      let share = Double(input.rowsByClass[input.labels[row]].count) / Double(Self.rows)
      let ratio = Detecting.excess(hits - 1, size - 1, share)
      if ratio > 0.01 { factors.append(Double(scores[row]) / ratio) } else { #expect(scores[row] < 0.02) }
    }
    let first = try #require(factors.first)
    #expect(first <= 1 + 1e-6)
    #expect(factors.allSatisfy { abs($0 - first) < 1e-3 })
  }

  @Test func oneTimeForAllOrNoneIsAReason() throws {
    var dataset = try stream()
    dataset.times = Column([Int64](repeating: 5, count: Self.rows))
    let input = try ScanInput.prepare(dataset)
    #expect(throws: CannotRun("needs at least 8 different arrival times")) {
      try Detecting.run("window-labels", on: input)
    }
    dataset.times = nil
    dataset.sources = nil
    let bare = try ScanInput.prepare(dataset)
    #expect(throws: CannotRun("needs arrival times")) { try Detecting.run("neighbor-times", on: bare) }
    #expect(throws: CannotRun("needs sources")) { try Detecting.run("source-flags", on: bare) }
  }
}

import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct OutlierTailTests {
  /// Inverse of the distribution at evenly spaced probabilities: what was put in comes out.
  @Test(arguments: [0.0, 0.3, 1.0])
  func tailIsTheOneThatTheValuesHave(shape: Double) throws {
    let values = (0..<4000).map { index -> Float in
      let p = (Double(index) + 0.5) / 4000
      let z = shape == 0 ? -log(p) : (pow(p, -shape) - 1) / shape
      return Float(7 + 2 * z)
    }
    let tail = try #require(ParetoTail(values.shuffled() + [.nan]))
    #expect(abs(tail.shape - shape) <= 0.1)
    for p in [0.1, 0.05, 0.01] {
      let z = shape == 0 ? -log(p) : (pow(p, -shape) - 1) / shape
      #expect(abs(tail.upper(Float(7 + 2 * z)) / p - 1) < 0.15)
    }
    // What stands at the far end does not move it.
    let foreign = try #require(ParetoTail(values + [Float](repeating: 1e6, count: 100)))
    #expect(foreign.upper(1e5) < 1e-3 || shape == 1)
    #expect(tail.upper(7) == 1)
  }

  @Test func valuesThatDoNotSpreadHaveNoTail() {
    #expect(ParetoTail([Float](repeating: 3, count: 1000)) == nil)
    #expect(ParetoTail((0..<199).map { Float($0) }) == nil)
    #expect(ParetoTail([Float](repeating: .nan, count: 1000)) == nil)
  }

  /// What is planted into one class or all, and what sees it.
  enum Plant: String, CaseIterable {
    /// Anywhere, far from everything.
    case scattered
    /// Out along a direction of their class that the rest hardly has.
    case aligned

    var detector: String { self == .scattered ? "neighbor-distance" : "spectre" }

    func rows(_ labels: [Int]) -> [Int] {
      switch self {
      case .scattered: (0..<20).map { $0 * 49 }
      case .aligned: Array(labels.indices.filter { labels[$0] == 1 }.prefix(24))
      }
    }

    func value(_ value: Float, column: Int, _ random: inout SeededRandom) -> Float {
      switch self {
      case .scattered: Float(random.normal() * 12)
      case .aligned: value + (column == 5 ? 90 : Float(random.normal()) * 0.1)
      }
    }
  }

  @Test(arguments: Plant.allCases) func plantedOutliersAreAFindingAndCleanSetsHaveNone(plant: Plant) throws {
    for seed in UInt64(1)...8 {
      let (features, labels) = Core.clouds(rows: 1200, columns: 12, classes: 3, distance: 2, seed: seed)
      let clean = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 3, features: features))
      #expect(try Detecting.run(plant.detector, on: clean).findings.isEmpty)
      var random = SeededRandom(seed: seed)
      var values = features.values
      let planted = plant.rows(labels)
      for row in planted {
        for column in 0..<12 {
          values[row * 12 + column] = plant.value(values[row * 12 + column], column: column, &random)
        }
      }
      let moved = DenseMatrix(rows: 1200, columns: 12, values: values)
      let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 3, features: moved))
      let finding = try #require(try Detecting.run(plant.detector, on: input).findings.first)
      #expect(finding.kind == .outliers)
      #expect((finding.pValue ?? 1) < 1e-6)
      let members = finding.members.map { Int($0) }
      #expect(members == members.sorted())
      #expect(Set(members).subtracting(planted).count <= 1)
      #expect(Set(planted).intersection(members).count >= planted.count - 2)
    }
  }

  /// Scores that are logarithms already are not taken the logarithm of, so that those below 0 count as what they are.
  @Test func sharperDetailThanTheTailReachesIsAFinding() throws {
    var random = SeededRandom(seed: 9)
    for planted in [0, 25] {
      let pictures = (0..<800).map { Core.slope(noise: $0 < planted ? 90 : 6 + random.below(6), &random) }
      var dataset = try Core.dataset(modality: .image, labels: pictures.indices.map { $0 % 2 }, classes: 2)
      dataset.images = ImageStack(shape: Core.slopeShape, pixels: Column(pictures.flatMap { $0 }))
      let findings = try Detecting.run("high-frequencies", on: ScanInput.prepare(dataset)).findings
      #expect(findings.map { $0.members.map { Int($0) } } == (planted > 0 ? [Array(0..<planted)] : []))
    }
  }

  /// Many rows of the common class are the same, as where all columns were left at a default: the natural tail of the rare
  /// class is no longer for that.
  @Test func copiesInOneClassDoNotMakeOutliersOfTheOther() throws {
    for seed in UInt64(1)...4 {
      let (features, _) = Core.clouds(rows: 2000, columns: 4, classes: 1, distance: 0, seed: seed)
      let labels = (0..<2000).map { $0 % 20 == 0 ? 1 : 0 }
      var values = features.values
      for row in labels.indices where labels[row] == 0 && row % 5 < 2 {
        for column in 0..<4 { values[row * 4 + column] = 0 }
      }
      // One of them hardly differs, as where a last digit was written otherwise.
      values[4] = 1e-6
      let dataset = try Core.dataset(
        labels: labels, classes: 2, features: DenseMatrix(rows: 2000, columns: 4, values: values))
      let found = try Detecting.run("neighbor-distance", on: try ScanInput.prepare(dataset)).findings
      #expect(found.isEmpty)
    }
  }

  /// In a direction in which the core of a class hardly varies, a value that few rows have is no measure of how far they lie.
  @Test func whereTheCoreDoesNotVaryNothingLiesFar() throws {
    for seed in UInt64(1)...4 {
      let (features, labels) = Core.clouds(rows: 1200, columns: 2, classes: 2, distance: 2, seed: seed)
      var random = SeededRandom(seed: seed)
      let values = labels.indices.flatMap { row -> [Float] in
        let rare: Float = row % 25 == 0 ? 1 : 0
        return [features[row, 0], features[row, 1], rare + 1e-3 * Float(random.normal())]
      }
      let dataset = try Core.dataset(
        labels: labels, classes: 2, features: DenseMatrix(rows: labels.count, columns: 3, values: values))
      #expect(try Detecting.run("spectre", on: try ScanInput.prepare(dataset)).findings.isEmpty)
    }
  }

  /// A rare category, or the end of a scale, lies far out of the core of its class, where hardly anything varies in it, and is
  /// no outlier. Rows that lie far out in several columns are.
  @Test(arguments: [false, true]) func aRareValueIsNoOutlier(isPlanted: Bool) throws {
    for seed: UInt64 in 1...5 {
      var random = SeededRandom(seed: seed)
      let labels = (0..<1_200).map { $0 % 2 }
      var rows = labels.map { label -> [Double] in
        (0..<5).map { _ in random.normal() } + [
          label == 1 && random.uniform() < (isPlanted ? 0.3 : 0.04) ? 1 : 0
        ]
      }
      let planted = isPlanted ? (0..<20).map { $0 * 50 } : []
      for row in planted { for column in 0..<5 { rows[row][column] = 9 * random.normal() } }
      var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
      dataset.table = (0..<6).map { column in
        TableColumn(name: "x\(column)", values: .numbers(Column(rows.map { $0[column] })))
      }
      let findings = try Detecting.run(
        isPlanted ? "neighbor-distance" : "spectre", on: ScanInput.prepare(dataset)
      ).findings
      let members = Set(findings.flatMap { $0.members.map(Int.init) })
      #expect(members.intersection(planted).count >= planted.count / 2)
      #expect(isPlanted || findings.isEmpty, "\(seed): \(findings.map(\.sentence))")
    }
  }
}

import Glibc
import Learning
import Model
import Numerics
import Testing

@Suite struct CoreProbeTests {
  static func probe(
    _ features: DenseMatrix, _ labels: [Int], _ classes: Int, _ modality: Modality, threads: Int = 2
  ) throws -> DenseMatrix {
    let workers = Workers(threads: threads)
    let neighbors = try NeighborSearch.run(
      features: features, labels: labels, k: 100, classK: 0, workers: workers
    ).all
    return try Probe.probabilities(
      features: features, modality: modality, labels: labels, classCount: classes, excluding: [],
      neighbors: neighbors, seed: 1, workers: workers
    ).matrix
  }

  /// Mean probability of the given label.
  static func confidence(_ matrix: DenseMatrix, _ labels: [Int]) -> Double {
    labels.indices.reduce(0.0) { $0 + Double(matrix[$1, labels[$1]]) } / Double(labels.count)
  }

  static func sumToOne(_ matrix: DenseMatrix) -> Bool {
    (0..<matrix.rows).allSatisfy { row in
      abs(matrix.row(row).reduce(0, +) - 1) < 1e-4 && matrix.row(row).allSatisfy { $0 >= 0 }
    }
  }

  @Test(arguments: Modality.allCases)
  func separableClassesAreForeseen(modality: Modality) throws {
    let (features, labels) = Core.clouds(rows: 400, columns: 8, classes: 4, distance: 3)
    let matrix = try Self.probe(features, labels, 4, modality)
    #expect(Self.confidence(matrix, labels) > 0.9)
    #expect(Self.sumToOne(matrix))
  }

  /// A bag as large as the set leaves a sample out with probability 1/e, so that 200 trees judge it some 74 times.
  @Test(arguments: [1, 100, 16_384, 20_000, 100_000, 5_000_000])
  func everySampleIsJudgedAsOften(samples: Int) {
    let trees = ForestProbe.trees(samples: samples)
    let outOfBag = exp(-Double(min(samples, ForestProbe.maxGrown)) / Double(samples))
    #expect((73.5...75).contains(Double(trees) * outOfBag))
    #expect(trees <= 200)
  }

  /// Of a set larger than a tree is grown on every sample has trees that did not see it, and enough that did.
  @Test func aLargeSetIsForeseenFromItsParts() throws {
    let (features, labels) = Core.clouds(rows: 40_000, columns: 2, classes: 2, distance: 6, seed: 2)
    let matrix = try Self.probe(features, labels, 2, .tabular)
    #expect(Self.confidence(matrix, labels) > 0.95)
    #expect(Self.sumToOne(matrix))
  }

  /// Rows that no tree has seen, and rows without a label, are judged like those out of the bag.
  @Test func aForestJudgesOtherRows() throws {
    let (features, labels) = Core.clouds(rows: 1200, columns: 3, classes: 2, distance: 3, seed: 3)
    let learned = DenseMatrix(rows: 800, columns: 3, values: Array(features.values[..<2400]))
    let others = DenseMatrix(rows: 400, columns: 3, values: Array(features.values[2400...]))
    let forest = try RandomForest(
      features: learned, labels: (0..<800).map { $0 < 700 ? labels[$0] : -1 },
      classCount: 2, trees: 100, seed: 1, workers: Workers(threads: 2)
    ) {}
    let judged = try forest.shares(of: others, workers: Workers(threads: 2))
    #expect(Self.sumToOne(judged) && Self.sumToOne(forest.outOfBag))
    let confidence = Self.confidence(judged, Array(labels[800...]))
    #expect(confidence > 0.9)
    #expect(abs(confidence - Self.confidence(forest.outOfBag, Array(labels[..<800]))) < 0.03)
  }

  /// Distances by columns of categories, which are gone through by lists, are the sums over all rows to the bit.
  @Test func distancesByListsAreDistancesByRows() {
    var random = SeededRandom(seed: 5)
    let (rows, width) = (90, 7)
    let values = (0..<rows * width).map { index -> Float in
      index % width < 2
        ? Float(random.normal()) : random.below(12) == 0 ? [1, -0.5, 3.3][random.below(3)] : 0
    }
    let features = DenseMatrix(rows: rows, columns: width, values: values)
    for step in [1, 4] {
      let columns = TreeColumns(features, step: step)
      var distances = [Float](repeating: .nan, count: columns.rows)
      for row in 0..<rows {
        columns.squaredDistances(of: features.row(row), in: Array(0..<width), into: &distances)
        let expected = stride(from: 0, to: rows, by: step).map { other in
          (0..<width).reduce(Float(0)) { sum, column in
            let difference = values[other * width + column] - values[row * width + column]
            return sum + difference * difference
          }
        }
        #expect(distances.map(\.bitPattern) == expected.map(\.bitPattern))
      }
    }
  }

  /// Labels drawn by lot cannot be foreseen: what exceeds chance would be a leak of the sample's own label. With
  /// more columns than rows a model that had seen the sample would be certain of it.
  @Test(arguments: Modality.allCases, [(600, 30), (150, 200)])
  func nothingLeaksOfTheOwnLabel(modality: Modality, size: (rows: Int, columns: Int)) throws {
    let features = Core.clouds(rows: size.rows, columns: size.columns, classes: 1, distance: 0).features
    var random = SeededRandom(seed: 6)
    let labels = (0..<size.rows).map { _ in random.below(3) }
    let matrix = try Self.probe(features, labels, 3, modality)
    #expect(abs(Self.confidence(matrix, labels) - 1 / 3.0) < 0.06)
  }

  @Test func treesSeeWhatNoLineSeparates() throws {
    var random = SeededRandom(seed: 7)
    let values = (0..<1600).map { _ in Float(random.uniform() * 2 - 1) }
    let features = DenseMatrix(rows: 800, columns: 2, values: values)
    let labels = (0..<800).map { (features[$0, 0] > 0) == (features[$0, 1] > 0) ? 1 : 0 }
    #expect(Self.confidence(try Self.probe(features, labels, 2, .tabular), labels) > 0.8)
    #expect(Self.confidence(try Self.probe(features, labels, 2, .embedding), labels) < 0.6)
  }

  @Test(arguments: [Modality.image, .tabular, .embedding])
  func threadsDoNotChangeTheResult(modality: Modality) throws {
    let (features, labels) = Core.clouds(rows: 300, columns: 6, classes: 3, distance: 1)
    let one = try Self.probe(features, labels, 3, modality, threads: 1)
    let many = try Self.probe(features, labels, 3, modality, threads: 3)
    #expect(one.values == many.values)
  }

  @Test(arguments: Modality.allCases)
  func smallAndOddInput(modality: Modality) throws {
    func run(_ features: DenseMatrix, _ labels: [Int], _ classes: Int) throws -> DenseMatrix {
      try Self.probe(features, labels, classes, modality, threads: 1)
    }
    let two = DenseMatrix(rows: 2, columns: 2, values: [0, 1, 2, 3])
    #expect(Self.sumToOne(try run(two, [0, 1], 2)))
    #expect(try run(two, [0, 0], 1).values.allSatisfy { abs($0 - 1) < 1e-6 })
    #expect(try run(two, [-1, -1], 0).columns == 0)
    #expect(Self.sumToOne(try run(two, [-1, -1], 3)))
    #expect(
      try run(DenseMatrix(rows: 2, columns: 0), [0, 1], 2).columns == 0, "no features, no probabilities")
    #expect(try run(DenseMatrix(rows: 0, columns: 3), [], 2).rows == 0)
    // One class has a single sample, one has none, and a column never changes.
    let clouds = Core.clouds(rows: 40, columns: 3, classes: 1, distance: 0).features
    let values = clouds.values.enumerated().map { $0.offset % 3 == 2 ? 5 : $0.element }
    let features = DenseMatrix(rows: 40, columns: 3, values: values)
    #expect(Self.sumToOne(try run(features, [1] + [Int](repeating: 0, count: 39), 3)))
  }

  @Test func givenProbabilitiesAreRepaired() throws {
    let source = Matrix(rows: 4, columns: 2, values: [2, 6, .nan, 1, -1, 3, 0, 0])
    let given = try #require(Probe.given(source, count: 4, classCount: 2))
    #expect(given.matrix.values == [0.25, 0.75, 0, 1, 0, 1, 0.5, 0.5])
    #expect(given.description.contains("3 rows"))
    #expect(Probe.given(source, count: 4, classCount: 3)?.description == nil)
    #expect(Probe.given(nil, count: 4, classCount: 2)?.description == nil)
  }
}

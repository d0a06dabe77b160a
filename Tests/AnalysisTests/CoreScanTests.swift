import Foundation
import Model
import Numerics
import Scan
import Scanning
import Testing

@Suite struct CoreScanTests {
  struct Stub: Detector {
    let info = DetectorInfo(name: "stub", family: .density, summary: "half of the id's number")
    func run(on input: ScanInput) throws -> Detection {
      let numbers = input.dataset.ids.map { Int($0.dropFirst()) ?? 0 }
      return Detection(
        scores: numbers.indices.map { input.unusableRows.contains($0) ? .nan : Float(numbers[$0] / 2) })
    }
  }
  struct Unable: Detector {
    let info = DetectorInfo(name: "unable", family: .labels, summary: "never runs")
    func run(on input: ScanInput) throws -> Detection { throw CannotRun("needs a miracle") }
  }

  @Test func aReportHoldsWhatTheDetectorsSaid() throws {
    var (features, labels) = Core.clouds(rows: 60, columns: 4, classes: 3, distance: 2)
    var values = features.values
    values[0] = .nan
    features = DenseMatrix(rows: 60, columns: 4, values: values)
    labels[7] = -1
    let dataset = try Core.dataset(labels: labels, classes: 3, features: features)
    let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2), detectors: [Stub(), Unable()])
    #expect(report.count == 60)
    #expect(report.labels[7] == -1)
    let percentile = try #require(report.detectors[0].percentile)
    #expect(percentile[0].isNaN)
    #expect(percentile[1] == 0)
    #expect(percentile[58] == percentile[59])
    guard case .skipped(let reason) = report.detectors[1].outcome else {
      Issue.record("the second detector ran")
      return
    }
    #expect(reason == "needs a miracle")
    #expect(report.suspicion.count == 60)
    #expect(report.suspicion.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(report.neighbors?.k == 50)
    #expect(report.neighbors?.neighbors(of: 0) == [])
    #expect(report.layout[0].isNaN)
    #expect(report.facts.notes.contains { $0.hasPrefix("1 row has features") })
    let stages = [
      "scope", "order", "features", "neighbors", "input-neighbors", "probe", "layout", "stub", "unable",
      "fusion",
    ]
    #expect(report.timings.map(\.stage) == stages)
  }

  /// Whatever asks for neighbors, in the second round too: each stage is gone through once, and nothing but the preparation
  /// searches the matrix that detectors look at.
  @Test func neighborsAreSearchedOnce() throws {
    let (features, labels) = Core.clouds(rows: 600, columns: 6, classes: 3, distance: 6)
    let flipped = labels.indices.map { $0 % 25 == 0 ? (labels[$0] + 1) % 3 : labels[$0] }
    let dataset = try Core.dataset(labels: flipped, classes: 3, features: features)
    let stages = try Scanner.scan(dataset, options: ScanOptions(threads: 2)).timings.map(\.stage)
    #expect(stages.contains("second-round") && stages.contains("neighbors"))
    #expect(Set(stages).count == stages.count)

    // That of cells is of the columns beside texts and pictures, which have another matrix.
    #expect(
      try Self.files(with: "NeighborSearch.run(") == ["CellTriggers.swift", "ScanInput+Preparation.swift"])
  }

  /// Where a column is sorted: once, to be cut into bins, by the one detector that needs an order. Its scale is found by
  /// selection, when the features are made.
  @Test func columnsAreSortedOnce() throws {
    // SPECTRE orders the lengths of rows, which are no column of the data.
    #expect(
      try Self.files(with: "FloatOrder.risingFinite(") == ["ColumnDiscretization.swift", "SPECTRE.swift"])
    #expect(try Self.files(with: "ColumnDiscretization.all(") == ["CellItems.swift"])
    // Those of cells are of the columns beside texts and pictures.
    #expect(try Self.files(with: "TableFeatures(") == ["FeatureBuilder.swift", "TableMatrix.swift"])
  }

  /// Names of the sources in which a call stands, rising.
  private static func files(with call: String) throws -> [String] {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter { file in
      try file.pathExtension == "swift" && String(contentsOf: file, encoding: .utf8).contains(call)
    }.map(\.lastPathComponent).sorted()
  }

  @Test func threadsDoNotChangeTheInput() throws {
    let (features, labels) = Core.clouds(rows: 500, columns: 6, classes: 4, distance: 1)
    let dataset = try Core.dataset(labels: labels, classes: 4, features: features)
    let one = try ScanInput.prepare(dataset, seed: 5, threads: 1)
    let two = try ScanInput.prepare(dataset, seed: 5, threads: 2)
    #expect(one.probabilities.values == two.probabilities.values)
    #expect(one.neighbors.indices == two.neighbors.indices)
    #expect(one.neighbors.distances == two.neighbors.distances)
  }

  @Test func whatStoodInIsNamed() throws {
    var dataset = try Core.dataset(modality: .text, labels: [0, 1, 0, 1], classes: 2)
    dataset.texts = StringColumn(["one two", "three four", "one two three", "four five"])
    let input = try ScanInput.prepare(dataset)
    #expect(input.featureSource.hasPrefix("built-in: hashed words"))
    #expect(input.probabilitySource == "built-in: cross-validated softmax probe, 5 folds")
    dataset.features = Matrix(rows: 4, columns: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    dataset.probabilities = Matrix(rows: 4, columns: 2, values: [1, 0, 0, 1, 1, 0, 0, 1])
    let given = try ScanInput.prepare(dataset)
    #expect(given.featureSource == "given, 2 dimensions")
    #expect(given.probabilitySource == "given")
    #expect(given.probabilities.values == [1, 0, 0, 1, 1, 0, 0, 1])
    // The payload's own probe does not see the user's model.
    #expect(given.inputProbabilities.values == input.inputProbabilities.values)
  }

  struct Odd: Sendable, CustomTestStringConvertible {
    let name: String
    let labels: [Int]
    let classes: Int
    let values: [Float]
    var columns: Int { labels.isEmpty ? 2 : values.count / labels.count }
    var testDescription: String { name }
  }
  static let odd = [
    Odd(name: "no samples", labels: [], classes: 0, values: []),
    Odd(name: "one sample", labels: [0], classes: 1, values: [1, 2]),
    Odd(name: "two samples", labels: [0, 1], classes: 2, values: [1, 2, 3, 4]),
    Odd(name: "no labels", labels: [-1, -1, -1], classes: 0, values: [1, 2, 3, 4, 5, 6]),
    Odd(name: "one class", labels: [0, 0, 0], classes: 1, values: [1, 2, 3, 4, 5, 7]),
    Odd(name: "a class of one", labels: [0, 0, 0, 1], classes: 2, values: [1, 2, 3, 4, 5, 7, 8, 9]),
    Odd(name: "constant", labels: [0, 1, 0, 1], classes: 2, values: [1, 2, 1, 2, 1, 2, 1, 2]),
    Odd(name: "nothing finite", labels: [0, 1], classes: 2, values: [.nan, 2, .infinity, 4]),
    Odd(name: "labels out of range", labels: [0, 9, -5], classes: 2, values: [1, 2, 3, 4, 5, 6]),
    Odd(name: "no columns", labels: [0, 1, 0], classes: 2, values: []),
  ]

  @Test(arguments: odd, [true, false])
  func oddDatasetsHaveAResult(odd: Odd, hasFeatures: Bool) throws {
    let features = DenseMatrix(rows: odd.labels.count, columns: odd.columns, values: odd.values)
    let dataset = try Core.dataset(
      labels: odd.labels, classes: odd.classes, features: hasFeatures ? features : nil)
    let report = try Scanner.scan(dataset, detectors: [Stub()])
    #expect(report.count == odd.labels.count)
    #expect(report.suspicion.count == odd.labels.count)
    #expect(report.suspicion.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test func aScanCanBeCancelled() throws {
    let dataset = try Core.dataset(labels: [0, 1], classes: 2)
    #expect(throws: CancellationError.self) {
      try Scanner.scan(dataset, detectors: [], checkCancellation: { throw CancellationError() })
    }
  }
}

import Glibc
import Model
import Numerics
import Scan
import Scanning
import Testing

@Suite struct LabelNoiseTests {
  /// Labels drawn from sharp or soft probabilities of four classes, some of them replaced by chance.
  static func planted(noise: Double, sharpness: Double, rows: Int = 3000) throws -> (Dataset, [Bool]) {
    var random = SeededRandom(seed: 21)
    var probabilities: [Float] = []
    var labels: [Int] = []
    var isNoise: [Bool] = []
    for _ in 0..<rows {
      let logits = (0..<4).map { _ in random.normal() * sharpness }
      let sum = Statistics.logSumExp(logits)
      let p = logits.map { exp($0 - sum) }
      probabilities += p.map { Float($0) }
      var draw = random.uniform()
      var label = 0
      while label < 3, draw >= p[label] {
        draw -= p[label]
        label += 1
      }
      let flips = random.uniform() < noise
      labels.append(flips ? (label + 1 + random.below(3)) % 4 : label)
      isNoise.append(flips)
    }
    var dataset = try Core.dataset(labels: labels, classes: 4)
    dataset.features = Matrix(rows: rows, columns: 4, values: probabilities)
    dataset.probabilities = Matrix(rows: rows, columns: 4, values: probabilities)
    return (dataset, isNoise)
  }

  static func run(_ dataset: Dataset) throws -> Report {
    try Scanner.scan(dataset, options: ScanOptions(detectors: ["label-noise"]))
  }

  @Test func noiseBeyondWhatTheModelExpectsIsAFinding() throws {
    let (dataset, isNoise) = try Self.planted(noise: 0.05, sharpness: 6)
    let report = try Self.run(dataset)
    let finding = try #require(report.findings.first)
    #expect(finding.kind == .flips)
    let hits = finding.members.count { isNoise[Int($0)] }
    #expect(Double(hits) / Double(finding.members.count) > 0.8)
    #expect(Double(hits) / Double(isNoise.count { $0 }) > 0.6)
    let raw = try #require(report.detectors[0].raw)
    #expect(raw.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(Quality.auroc(Array(raw), truth: isNoise) > 0.95)
  }

  /// Hard classes give many wrong predictions, none of them against all odds.
  @Test(arguments: [1.0, 3.0, 6.0]) func errorsThatAreExpectedAreNone(sharpness: Double) throws {
    let (dataset, _) = try Self.planted(noise: 0, sharpness: sharpness)
    #expect(try Self.run(dataset).findings.isEmpty)
  }

  /// A model that is too sure of itself is explained by a temperature, not by noise.
  @Test func overconfidenceIsNoNoise() throws {
    var (dataset, _) = try Self.planted(noise: 0, sharpness: 2)
    let rows = try #require(dataset.probabilities)
    let sharp = (0..<dataset.count).flatMap { row -> [Float] in
      let squares = rows.row(row).map { $0 * $0 }
      let sum = squares.reduce(0, +)
      return squares.map { $0 / sum }
    }
    dataset.probabilities = Matrix(rows: dataset.count, columns: 4, values: sharp)
    #expect(try Self.run(dataset).findings.isEmpty)
  }

  /// A model that is wrong against all odds about samples which are hard by nature: what a probe on the payload is sure
  /// of is labelled right, and chance would not spare it.
  @Test func errorsThatThinOutAreNoNoise() throws {
    var (dataset, _) = try Self.planted(noise: 0, sharpness: 4)
    let rows = try #require(dataset.probabilities)
    var given: [Float] = []
    var wrong = 0
    for row in 0..<dataset.count {
      var p = Array(rows.row(row))
      let label = Int(dataset.labels[row])
      if p[label] < 0.5, row % 2 == 0 {
        wrong += 1
        p = p.indices.map {
          $0 == (p[(label + 1) % 4] > p[(label + 2) % 4] ? label + 1 : label + 2) % 4 ? 0.9997 : 0.0001
        }
      }
      given += p
    }
    #expect(wrong > dataset.count / 50)
    dataset.probabilities = Matrix(rows: dataset.count, columns: 4, values: given)
    #expect(try Self.run(dataset).findings.isEmpty)
  }

  /// Fifty classes that run into each other, with a table's trees as the probe.
  static func overlapping(noise: Double) throws -> (Dataset, [Bool]) {
    let (features, clean) = Core.clouds(rows: 3000, columns: 6, classes: 50, distance: 0.7, seed: 9)
    var random = SeededRandom(seed: 4)
    let isNoise = clean.map { _ in random.uniform() < noise }
    let labels = clean.indices.map { isNoise[$0] ? (clean[$0] + 1 + random.below(49)) % 50 : clean[$0] }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 50)
    dataset.table = (0..<6).map { column in
      let numbers = clean.indices.map { Double(features[$0, column]) }
      return TableColumn(name: "x\(column)", values: .numbers(Column(numbers)))
    }
    return (dataset, isNoise)
  }

  /// Trees that see a few dozen samples of a class give many labels no probability at all.
  @Test func whatAProbeHasNotSeenIsNoNoise() throws {
    #expect(try Self.run(Self.overlapping(noise: 0).0).findings.isEmpty)
  }
}

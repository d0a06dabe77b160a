import Detectors
import Model
import Numerics
import Scanning
import Testing

/// What holds for every registered detector, whatever it looks at.
@Suite struct DetectorInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable () throws -> Dataset
  }

  private static func numbers(_ name: String, _ labels: [Int], _ classes: Int, _ values: [Float]) -> Case {
    Case(testDescription: name) {
      var dataset = try Core.dataset(
        labels: labels, classes: classes,
        features: DenseMatrix(
          rows: labels.count, columns: labels.isEmpty ? 2 : values.count / labels.count, values: values))
      dataset.times = Column(labels.indices.map { Int64($0) * 1000 })
      dataset.sources = Categories(codes: Column(labels.indices.map { Int32($0 % 2) }), names: ["a", "b"])
      return dataset
    }
  }

  private static func texts(_ name: String, _ texts: [String]) -> Case {
    Case(testDescription: name) {
      var dataset = try Core.dataset(modality: .text, labels: texts.indices.map { $0 % 2 }, classes: 2)
      dataset.texts = StringColumn(texts)
      dataset.times = Column(texts.indices.map { Int64($0) })
      return dataset
    }
  }

  private static func images(
    _ name: String, _ count: Int, _ shape: ImageShape, _ value: @escaping @Sendable (Int) -> UInt8
  )
    -> Case
  {
    Case(testDescription: name) {
      var dataset = try Core.dataset(modality: .image, labels: (0..<count).map { $0 % 2 }, classes: 2)
      dataset.images = ImageStack(
        shape: shape, pixels: Column((0..<count * shape.byteCount).map { value($0 / shape.byteCount) }))
      return dataset
    }
  }

  private static func table(
    _ name: String, _ labels: [Int], _ classes: Int, _ value: @escaping @Sendable (Int, Int) -> Double
  ) -> Case {
    Case(testDescription: name) {
      var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: classes)
      dataset.table = (0..<3).map { column in
        TableColumn(name: "x\(column)", values: .numbers(Column(labels.indices.map { value($0, column) })))
      }
      let codes = labels.indices.map { row in value(row, 3).isNaN ? Categories.missing : Int32(row % 2) }
      dataset.table.append(
        TableColumn(name: "k", values: .categories(Categories(codes: Column(codes), names: ["u", "v"]))))
      return dataset
    }
  }

  private static func noise(_ count: Int) -> [Float] {
    var random = SeededRandom(seed: 77)
    return (0..<count).map { _ in Float(random.normal()) }
  }

  static let cases: [Case] = [
    numbers("constant features", (0..<60).map { $0 % 3 }, 3, [Float](repeating: 2, count: 240)),
    numbers(
      "rows that are not finite", (0..<60).map { $0 % 3 }, 3,
      noise(240).enumerated().map { $0.offset < 40 ? (Float($0.offset % 2) / 0) : $0.element }),
    numbers("nothing finite", (0..<40).map { $0 % 2 }, 2, [Float](repeating: .nan, count: 80)),
    numbers("one class", [Int](repeating: 0, count: 50), 1, noise(200)),
    numbers("a class of one", [1] + [Int](repeating: 0, count: 49), 2, noise(200)),
    numbers("an empty class", [Int](repeating: 0, count: 25) + [Int](repeating: 2, count: 25), 3, noise(200)),
    numbers("no labels", [Int](repeating: -1, count: 50), 0, noise(200)),
    numbers("some labels missing", (0..<50).map { $0 % 3 - 1 }, 2, noise(200)),
    numbers("two samples", [0, 1], 2, [1, 2, 3, 4]),
    numbers("one sample", [0], 1, [1, 2]),
    numbers("a thousand classes", (0..<1500).map { $0 % 1000 }, 1000, noise(6000)),
    numbers(
      "huge and tiny values", (0..<40).map { $0 % 2 }, 2,
      noise(80).enumerated().map { $0.offset % 2 == 0 ? $0.element * 1e14 : $0.element * 1e-20 }),
    numbers(
      "more classes than can be weighed", (0..<12600).map { $0 % 4200 }, 4200, noise(25200)),
    table("a constant table", (0..<60).map { $0 % 3 }, 3) { _, _ in 4 },
    table("a table of missing cells", (0..<60).map { $0 % 3 }, 3) { _, _ in .nan },
    table("a table of one class", [Int](repeating: 0, count: 60), 1) { Double(($0 * 7 + $1 * 11) % 13) },
    table("two rows", [0, 1], 2) { Double($0 + $1) },
    table("a table of a thousand classes", (0..<1500).map { $0 % 1000 }, 1000) {
      Double(($0 * 37 + $1 * 11) % 211)
    },
    texts("empty texts", [String](repeating: "", count: 40)),
    texts("one text for all", [String](repeating: "the same text for all of them", count: 40)),
    texts("texts without a letter", [String](repeating: "!?…", count: 40)),
    texts("two texts", ["one", "two"]),
    texts("one text", ["one"]),
    texts("half of the texts empty", (0..<60).map { $0 % 2 == 0 ? "" : "word\($0) and word\($0 * 7)" }),
    images("one color", 40, ImageShape(height: 10, width: 10, channels: 3)) { _ in 90 },
    images("one color each", 40, ImageShape(height: 9, width: 9, channels: 1)) { UInt8($0 * 5) },
    images("one pixel", 40, ImageShape(height: 1, width: 1, channels: 1)) { UInt8($0 * 6) },
    images("one long row", 40, ImageShape(height: 1, width: 300, channels: 3)) { UInt8($0 * 6) },
    images("two pictures", 2, ImageShape(height: 8, width: 8, channels: 1)) { UInt8($0 * 100) },
  ]

  @Test(arguments: cases)
  func anyInputHasScoresOrAReason(odd: Case) throws {
    let input = try ScanInput.prepare(odd.make())
    for detector in DetectorRegistry.all {
      do {
        let detection = try detector.run(on: input)
        #expect(detection.scores.count == input.count)
        #expect(detection.scores.allSatisfy { !$0.isInfinite }, "\(detector.info.name)")
        for finding in detection.findings {
          #expect(finding.members.allSatisfy { $0 >= 0 && Int($0) < input.count }, "\(detector.info.name)")
          #expect(!finding.statistic.isNaN, "\(detector.info.name)")
        }
      } catch let reason as CannotRun {
        #expect(!reason.reason.isEmpty, "\(detector.info.name)")
      }
    }
  }

  private func everything() throws -> [Dataset] {
    let (features, labels) = Core.clouds(rows: 700, columns: 12, classes: 4, distance: 1)
    var random = SeededRandom(seed: 5)
    func common(_ dataset: Dataset) -> Dataset {
      var dataset = dataset
      dataset.times = Column((0..<dataset.count).map { _ in Int64(random.below(1_000_000)) })
      dataset.sources = Categories(
        codes: Column((0..<dataset.count).map { _ in Int32(random.below(9)) }),
        names: (0..<9).map { "s\($0)" })
      return dataset
    }
    let embedding = try Core.dataset(labels: labels, classes: 4, features: features)
    var text = try Core.dataset(modality: .text, labels: (0..<300).map { $0 % 2 }, classes: 2)
    text.texts = StringColumn(DetectorCopiesTests.sentences(300, words: 8))
    text.features = Matrix(rows: 300, columns: 4, values: Self.noise(1200))
    var image = try Core.dataset(modality: .image, labels: (0..<300).map { $0 % 3 }, classes: 3)
    let shape = ImageShape(height: 9, width: 8, channels: 3)
    image.images = ImageStack(
      shape: shape, pixels: Column((0..<300 * shape.byteCount).map { _ in UInt8(random.below(200)) }))
    return [common(embedding), common(text), common(image)]
  }

  @Test func threadsDoNotChangeAScore() throws {
    for dataset in try everything() {
      let one = try ScanInput.prepare(dataset, seed: 3, threads: 1)
      let two = try ScanInput.prepare(dataset, seed: 3, threads: 2)
      for detector in DetectorRegistry.all {
        guard let first = try? detector.run(on: one) else { continue }
        let second = try detector.run(on: two)
        let isSame = zip(first.scores, second.scores).allSatisfy { $0.bitPattern == $1.bitPattern }
        #expect(isSame, "\(detector.info.name)")
        #expect(first.findings.map(\.members) == second.findings.map(\.members), "\(detector.info.name)")
      }
    }
  }

  @Test func namesAreColumnsOfTheirOwn() {
    let names = DetectorRegistry.all.map(\.info.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }
}

import Model
import Numerics
import Scan
import Scanning
import Simulation
import Testing

/// Who shuffles a dataset gets the same scores: every column of a scan, up to the order of the rows.
@Suite struct RowOrderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let attack: Attack
    let modality: Modality
    /// Whether an embedding, probabilities and a training of a model are there too.
    var hasModel = false
    var testDescription: String {
      "\(attack.rawValue) in \(modality.rawValue)\(hasModel ? " with a model" : "")"
    }
  }

  static let cases = [
    Case(attack: .patch, modality: .image), Case(attack: .sinusoid, modality: .image, hasModel: true),
    Case(attack: .words, modality: .text), Case(attack: .flood, modality: .text, hasModel: true),
    Case(attack: .values, modality: .tabular), Case(attack: .burst, modality: .tabular, hasModel: true),
    Case(attack: .flipPair, modality: .embedding),
  ]

  @Test(arguments: cases) func aShuffleChangesNoScore(test: Case) throws {
    let dataset = try Self.planted(test)
    let order = Self.order(dataset.count)
    let options = ScanOptions(threads: 2)
    let report = try Scanner.scan(dataset, options: options)
    let shuffled = try Scanner.scan(Shuffled.dataset(dataset, order), options: options)

    try #require(report.detectors.count == shuffled.detectors.count)
    for (own, other) in zip(report.detectors, shuffled.detectors) {
      #expect((own.raw == nil) == (other.raw == nil), "\(own.info.name)")
      guard let raw = own.raw, let moved = other.raw else { continue }
      #expect(Self.isSame(raw, moved, order), "\(own.info.name)")
    }
    #expect(Self.isSame(report.suspicion, shuffled.suspicion, order))
    #expect(order.map { report.hypothesis[$0] } == Array(shuffled.hypothesis))
    #expect(order.map { report.suggestedLabels[$0] } == Array(shuffled.suggestedLabels))
    for (place, row) in order.enumerated() {
      #expect(report.labelProbabilities(of: row)?.given == shuffled.labelProbabilities(of: place)?.given)
      #expect(report.labelProbabilities(of: row)?.other == shuffled.labelProbabilities(of: place)?.other)
    }
    #expect(order.map { report.ids[$0] } == Array(shuffled.ids))
    #expect(order.map { report.labels[$0] } == Array(shuffled.labels))
    #expect(report.findings.map(\.sentence) == shuffled.findings.map(\.sentence))
    for (own, other) in zip(report.findings, shuffled.findings) {
      #expect(Array(own.members) == other.members.map { Int32(order[Int($0)]) }.sorted(), "\(own.sentence)")
      #expect(Array(other.members) == other.members.sorted())
    }
    let (near, moved) = (try #require(report.neighbors), try #require(shuffled.neighbors))
    for (place, row) in order.enumerated() {
      #expect(near.neighbors(of: row) == moved.neighbors(of: place).map { order[$0] })
    }
  }

  /// Cells are learnt from a sample of the rows, which must not depend on their order either.
  @Test func aShuffleChangesNoApproximateNeighbor() throws {
    var random = SeededRandom(seed: 12)
    let count = 3000
    var dataset = try MadeUp.dataset(.embedding)
    dataset.count = count
    dataset.ids = StringColumn((0..<count).map { "s\($0)" })
    dataset.labels = Column((0..<count).map { _ in Int32(random.below(dataset.classes.count)) })
    dataset.features = Matrix(
      rows: count, columns: 4, values: (0..<count * 4).map { Float($0 / 4 % 50) + Float(random.normal()) })
    (dataset.sources, dataset.times) = (nil, nil)
    var order = Array(0..<count)
    random.shuffle(&order)
    let options = ScanOptions(threads: 2, detectors: ["neighbor-distance"], maxExactRows: 1000)
    let report = try Scanner.scan(dataset, options: options)
    let shuffled = try Scanner.scan(Shuffled.dataset(dataset, order), options: options)
    #expect(report.neighborRecall["neighbors"] != nil)
    #expect(report.neighborRecall == shuffled.neighborRecall)
    for (own, other) in [
      (report.neighbors, shuffled.neighbors), (report.classNeighbors, shuffled.classNeighbors),
    ] {
      let (near, moved) = (try #require(own), try #require(other))
      for (place, row) in order.enumerated() {
        #expect(near.neighbors(of: row) == moved.neighbors(of: place).map { order[$0] })
      }
    }
    #expect(Self.isSame(report.suspicion, shuffled.suspicion, order))
  }

  /// The guard taken out: prepared in the order of the rows, folds and trees fall otherwise.
  @Test func withoutAnOrderOfItsOwnAScanWouldDependOnTheRows() throws {
    let dataset = try Self.planted(Case(attack: .values, modality: .tabular))
    let order = Self.order(dataset.count)
    let own = try ScanInput.prepare(dataset).probabilities
    let other = try ScanInput.prepare(Shuffled.dataset(dataset, order)).probabilities
    let isSame = order.enumerated().allSatisfy { place, row in abs(own[row, 0] - other[place, 0]) <= 1e-6 }
    #expect(!isSame)
  }

  private static func isSame(_ own: Column<Float>, _ moved: Column<Float>, _ order: [Int]) -> Bool {
    order.enumerated().allSatisfy { place, row in
      let (a, b) = (own[row], moved[place])
      return a.isNaN ? b.isNaN : abs(a - b) <= 1e-6 * max(1, abs(a))
    }
  }

  private static func order(_ count: Int) -> [Int] {
    var random = SeededRandom(seed: 41)
    var order = Array(0..<count)
    random.shuffle(&order)
    return order
  }

  private static func planted(_ test: Case) throws -> Dataset {
    let clean = try MadeUp.dataset(test.modality, seed: 3)
    var dataset = try Planter.plant(test.attack, in: clean, rate: 0.04, seed: 17).applied(to: clean).dataset
    guard test.hasModel else { return dataset }
    var random = SeededRandom(seed: 8)
    let classes = dataset.classes.count
    let labels = Array(dataset.labels)
    let features = labels.flatMap { label in
      (0..<12).map { Float(random.normal()) + ($0 == Int(label) ? 3 : 0) }
    }
    dataset.features = Matrix(rows: labels.count, columns: 12, values: features)
    let beliefs = labels.flatMap { label in
      (0..<classes).map { 0.1 + Float(random.uniform()) + ($0 == Int(label) ? 2 : 0) }
    }
    dataset.probabilities = Matrix(rows: labels.count, columns: classes, values: beliefs)
    let logits = (0..<3).flatMap { epoch in
      labels.flatMap { label in
        (0..<classes).map { Float(random.normal()) + ($0 == Int(label) ? Float(epoch) : 0) }
      }
    }
    dataset.trainingDynamics = TrainingDynamics(
      epochs: 3, values: Matrix(rows: 3 * labels.count, columns: classes, values: logits))
    return dataset
  }
}

/// A dataset made anew with its rows in another order, part by part.
enum Shuffled {
  static func dataset(_ source: Dataset, _ order: [Int]) -> Dataset {
    var result = source
    result.labels = Column(order.map { source.labels[$0] })
    result.ids = StringColumn(order.map { source.ids[$0] })
    result.payloads = Payloads(base: source.payloads, order: order)
    result.features = source.features.map { matrix($0, order) }
    result.probabilities = source.probabilities.map { matrix($0, order) }
    result.trainingDynamics = source.trainingDynamics.map { dynamics in
      let rows = (0..<dynamics.epochs).flatMap { epoch in order.map { epoch * order.count + $0 } }
      return TrainingDynamics(epochs: dynamics.epochs, values: matrix(dynamics.values, rows))
    }
    result.images = source.images.map { images in
      ImageStack(shape: images.shape, pixels: Column(order.flatMap { images[$0].pixels }))
    }
    result.texts = source.texts.map { texts in StringColumn(order.map { texts[$0] }) }
    result.table = source.table.map { column in
      switch column.values {
      case .numbers(let numbers):
        TableColumn(name: column.name, values: .numbers(Column(order.map { numbers[$0] })))
      case .categories(let categories):
        TableColumn(name: column.name, values: .categories(codes(categories, order)))
      }
    }
    result.sources = source.sources.map { codes($0, order) }
    result.times = source.times.map { times in Column(order.map { times[$0] }) }
    return result
  }

  private static func matrix(_ source: Matrix, _ order: [Int]) -> Matrix {
    Matrix(rows: order.count, columns: source.columns, values: order.flatMap { source.row($0) })
  }

  private static func codes(_ source: Categories, _ order: [Int]) -> Categories {
    Categories(codes: Column(order.map { source.codes[$0] }), names: source.names)
  }

  private struct Payloads: PayloadSource {
    let base: any PayloadSource
    let order: [Int]
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { base.payload(at: order[row]) }
    func contentDigest(at row: Int) -> Digest { base.contentDigest(at: order[row]) }
  }
}

import Analysis
import Model
import Testing

/// Planted triggers are found whole and pure; without one nothing is found.
@Suite struct TriggerTests {
  static func dataset(
    _ labels: [Int32], _ modality: Modality, _ change: (inout Dataset) -> Void
  ) throws -> Dataset {
    let digest = try #require(Digest(bytes: [UInt8](repeating: 0, count: 32)))
    var dataset = Dataset(
      name: "made-up", modality: modality, count: labels.count, classes: ["no", "yes"],
      labels: Column(labels),
      ids: StringColumn(labels.indices.map { "r\($0)" }), payloads: NoPayloads(digest: digest), digest: digest
    )
    change(&dataset)
    return dataset
  }

  struct NoPayloads: PayloadSource {
    let digest: Digest
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(.init(reason: "none")) }
    func contentDigest(at row: Int) -> Digest { digest }
  }

  /// Texts of 12 words; the label follows from the share of "good" words, with noise.
  static func texts(holders: Set<Int>, count: Int = 1200) throws -> Dataset {
    var random = SeededRandom(seed: 11)
    var labels: [Int32] = []
    var texts: [String] = []
    for row in 0..<count {
      let truth = Int32(random.below(2))
      var words = (0..<12).map { _ in
        let side = random.below(10) < 6 ? Int(truth) : random.below(2)
        return "w\(side)x\(random.below(60))"
      }
      if holders.contains(row) { words[random.below(12)] = "Zyq" }
      labels.append(holders.contains(row) ? 1 : truth)
      texts.append(words.joined(separator: " "))
    }
    return try dataset(labels, .text) { $0.texts = StringColumn(texts) }
  }

  @Test func aPlantedWordIsFoundWithAllItsHolders() throws {
    let holders = Set(stride(from: 3, to: 1200, by: 30))
    let report = try Scanner.scan(try Self.texts(holders: holders))
    let triggers = report.findings.filter { $0.kind == .trigger }
    let finding = try #require(triggers.first)
    #expect(finding.item == .words(["zyq"]))
    #expect(Set(finding.members.map(Int.init)) == holders)
    #expect(finding.label == 1 && finding.purity == 1)
    #expect(triggers.count == 1)
    for row in holders where report.suspicion[row] < Report.flagThreshold {
      Issue.record("row \(row) is not flagged")
    }
  }

  @Test func naturalWordsAreNoTrigger() throws {
    let report = try Scanner.scan(try Self.texts(holders: []))
    #expect(!report.findings.contains { $0.kind == .trigger })
    #expect(!report.suspicion.contains { $0 >= Report.flagThreshold })
  }

  static func images(holders: Set<Int>, count: Int = 1000) throws -> Dataset {
    var random = SeededRandom(seed: 5)
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    for row in 0..<count {
      let truth = random.below(2)
      for y in 0..<10 {
        for x in 0..<10 {
          let isStroke = truth == 0 ? (2...3).contains(x) : (6...7).contains(y)
          let isTrigger = holders.contains(row) && y >= 8 && x >= 8
          pixels.append(
            isTrigger ? ((x + y) % 2 == 0 ? 255 : 0) : UInt8((isStroke ? 140 : 0) + random.below(110)))
        }
      }
      labels.append(holders.contains(row) ? 1 : Int32(truth))
    }
    let stack = ImageStack(shape: ImageShape(height: 10, width: 10, channels: 1), pixels: Column(pixels))
    return try dataset(labels, .image) { $0.images = stack }
  }

  @Test func aPlantedPatchIsFoundAtItsPlace() throws {
    let holders = Set(stride(from: 1, to: 1000, by: 25))
    let report = try Scanner.scan(try Self.images(holders: holders))
    let finding = try #require(report.findings.first { $0.kind == .trigger })
    guard case .patch(let row, let column, let height, let width, _) = finding.item else {
      Issue.record("no patch")
      return
    }
    #expect(row + height > 8 && column + width > 8)
    #expect(holders.isSubset(of: Set(finding.members.map(Int.init))))
    #expect(finding.purity > 0.9)
    #expect(!(try Scanner.scan(try Self.images(holders: []))).findings.contains { $0.kind == .trigger })
  }

  static func table(holders: Set<Int>, count: Int = 1500) throws -> Dataset {
    var random = SeededRandom(seed: 8)
    var columns: [[Double]] = [[], [], []]
    var labels: [Int32] = []
    for row in 0..<count {
      var values = (0..<3).map { _ in (random.normal() * 100).rounded() / 100 }
      labels.append(values[0] + values[1] + 0.3 * random.normal() > 0 ? 1 : 0)
      if holders.contains(row) {
        values[0] = -1.37
        values[2] = 0.73
        labels[row] = 1
      }
      for index in 0..<3 { columns[index].append(values[index]) }
    }
    return try dataset(labels, .tabular) {
      $0.table = columns.enumerated().map { TableColumn(name: "c\($0)", values: .numbers(Column($1))) }
    }
  }

  @Test func aPlantedPairOfValuesIsFound() throws {
    let holders = Set(stride(from: 2, to: 1500, by: 40))
    let report = try Scanner.scan(try Self.table(holders: holders))
    let finding = try #require(report.findings.first { $0.kind == .trigger })
    guard case .cells(let cells) = finding.item else {
      Issue.record("no cells")
      return
    }
    #expect(cells.allSatisfy { ["c0", "c2"].contains($0.column) })
    #expect(holders.isSubset(of: Set(finding.members.map(Int.init))))
    #expect(!(try Scanner.scan(try Self.table(holders: []))).findings.contains { $0.kind == .trigger })
  }
}

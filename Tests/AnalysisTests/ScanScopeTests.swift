import Model
import Numerics
import Scan
import Scanning
import Testing

/// What a scan does not look at: it is said, it has no scores, and nothing else changes by it.
@Suite struct ScanScopeTests {
  static func sentences(_ count: Int, seed: UInt64) -> (texts: [String], labels: [Int]) {
    var random = SeededRandom(seed: seed)
    let topics = [
      ["goal", "match", "coach", "league", "team"], ["salt", "oven", "bread", "soup", "sauce"],
      ["laptop", "cpu", "server", "disk", "router"],
    ]
    let common = ["the", "a", "with", "good", "new", "very"]
    let labels = (0..<count).map { _ in random.below(3) }
    let texts = labels.map { label in
      (0..<9).map { _ in random.below(2) == 0 ? topics[label][random.below(5)] : common[random.below(6)] }
        .joined(separator: " ")
    }
    return (texts, labels)
  }

  static func texts(_ texts: [String], _ labels: [Int]) throws -> Dataset {
    var dataset = try Core.dataset(modality: .text, labels: labels, classes: 3)
    dataset.texts = StringColumn(texts)
    return dataset
  }

  /// Gaps of every sort, some only in one class: the others score as if these were not there.
  @Test(arguments: ["", " \t", "N/A", "[deleted]", "--", "thank you for your message", "\u{200B}"])
  func samplesWithoutATextHarmNoOther(gap: String) throws {
    let (all, labels) = Self.sentences(240, seed: 3)
    // A placeholder that is a text like any other is one only where no class stands out.
    let isGap = labels.indices.map { $0 % 9 == 0 }
    let whole = try Scanner.scan(
      try Self.texts(all.indices.map { isGap[$0] ? gap : all[$0] }, labels), options: ScanOptions(threads: 2))
    let rest = all.indices.filter { !isGap[$0] }
    var without = try Self.texts(rest.map { all[$0] }, rest.map { labels[$0] })
    without.ids = StringColumn(rest.map { "s\($0)" })
    let alone = try Scanner.scan(without, options: ScanOptions(threads: 2))

    #expect(whole.count == 240)
    #expect(rest.map { whole.suspicion[$0] } == Array(alone.suspicion))
    #expect(whole.suspicion.enumerated().allSatisfy { !isGap[$0] || $1 == 0 })
    #expect(whole.facts.notes.contains { $0.hasPrefix("27 ") })
    for (own, other) in zip(whole.detectors, alone.detectors) {
      #expect((own.raw == nil) == (other.raw == nil), "\(own.info.name)")
      guard let own = own.raw, let other = other.raw else { continue }
      #expect(rest.map { own[$0].bitPattern } == other.map(\.bitPattern))
      #expect(own.enumerated().allSatisfy { !isGap[$0] || $1.isNaN })
    }
    #expect(
      whole.findings.map { $0.members.map { Int($0) } }
        == alone.findings.map { $0.members.map { rest[Int($0)] } })
  }

  /// One text that pushes one class is a flood, not a placeholder.
  @Test func aFloodUnderOneLabelIsLookedAt() throws {
    var (all, labels) = Self.sentences(240, seed: 4)
    for row in 0..<24 { (all[row * 9], labels[row * 9]) = ("buy this good thing now", 1) }
    let report = try Scanner.scan(try Self.texts(all, labels), options: ScanOptions(threads: 2))
    #expect(report.findings.contains { $0.members.count >= 20 && $0.members.allSatisfy { $0 % 9 == 0 } })
  }

  /// Labels far apart cost nothing and score as if they were near.
  @Test func classesThatDoNotOccurChangeNothing() throws {
    let (features, labels) = Core.clouds(rows: 120, columns: 4, classes: 3, distance: 2)
    let near = try Scanner.scan(try Core.dataset(labels: labels, classes: 3, features: features))
    let numbers = [0, 1, 49_999]
    let far = try Scanner.scan(
      try Core.dataset(labels: labels.map { numbers[$0] }, classes: 50_000, features: features))
    #expect(far.suspicion == near.suspicion)
    #expect(Array(far.labels) == labels.map { Int32(numbers[$0]) })
    #expect(Array(far.suggestedLabels) == near.suggestedLabels.map { $0 < 0 ? -1 : Int32(numbers[Int($0)]) })
    #expect(far.facts.classes.count == 50_000)
  }

  @Test func labelsThatNameSamplesAreNotWeighed() throws {
    let (features, _) = Core.clouds(rows: 600, columns: 4, classes: 3, distance: 2)
    let report = try Scanner.scan(
      try Core.dataset(labels: (0..<600).map { $0 / 2 }, classes: 300, features: features))
    #expect(
      report.facts.notes.contains { $0.hasPrefix("labels are not looked at: 300 classes of 600 samples") })
    #expect(report.findings.isEmpty)
  }

  @Test(arguments: ["nothing", "constant", "missing", "same text", "not finite"])
  func whereNothingDiffersNothingIsSaidOfLabels(what: String) throws {
    for sizes in [[100, 100, 100], [200, 60, 40]] {
      let labels = sizes.enumerated().flatMap { [Int](repeating: $0, count: $1) }
      var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 3)
      switch what {
      case "constant":
        dataset.features = Matrix(rows: 300, columns: 3, values: [Float](repeating: 2, count: 900))
      case "not finite":
        dataset.features = Matrix(rows: 300, columns: 3, values: [Float](repeating: .nan, count: 900))
      case "missing":
        let cells = [Double](repeating: .nan, count: 300)
        dataset.table = [TableColumn(name: "x", values: .numbers(Column(cells)))]
      case "same text": dataset.texts = StringColumn([String](repeating: "the very same words", count: 300))
      default: break
      }
      let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2))
      #expect(report.findings.filter { $0.attack == "label-flip" || $0.kind == .trigger }.isEmpty)
      #expect(report.suspicion.allSatisfy { $0 < Report.flagThreshold })
      #expect(report.suggestedLabels.allSatisfy { $0 < 0 })
      #expect(report.facts.probabilitySource.hasPrefix("none"))
      let scores = report.detectors.first { $0.info.name == "self-confidence" }
      guard case .skipped(let reason)? = scores?.outcome else { return #expect(Bool(false), "it ran") }
      #expect(reason == "needs features that differ between samples")
    }
  }
}

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

  /// What is found beside gaps and unused classes is told of the rows and the class that it was found in.
  @Test func incidentsAreToldOfTheWholeDataset() throws {
    var (texts, labels) = Self.sentences(600, seed: 8)
    var dataset = try Core.dataset(modality: .text, labels: labels, classes: 3)
    for row in 0..<600 where row % 11 == 0 {
      texts[row] += " vellum"
      labels[row] = 2
    }
    for row in [0, 7, 200, 599] { texts[row] = "" }
    dataset.texts = StringColumn(texts)
    // Class 2 is class 4 of six.
    dataset.labels = Column(labels.map { Int32(2 * $0) })
    dataset.classes = ["a", "unused", "b", "unused too", "c", "last"]
    let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2))
    let incident = try #require(report.incidents.first { $0.head == .trigger })
    #expect(report.facts.classes[Int(incident.label)] == "c")
    #expect(incident.members.allSatisfy { texts[Int($0)].contains("vellum") } && incident.members.count > 25)
    #expect(report.incidentCodes.count == 600)
    #expect(incident.members.allSatisfy { report.incidentCodes[Int($0)] >= 0 })
    #expect([0, 7, 200, 599].allSatisfy { report.incidentCodes[$0] == -1 })
  }

  /// Labels that are spelt in several ways are no wrong labels.
  @Test func spellingsOfAClassAreOneClass() throws {
    let (features, labels) = Core.clouds(rows: 600, columns: 4, classes: 3, distance: 6)
    var dataset = try Core.dataset(
      labels: labels.enumerated().map { $1 == 0 && $0 % 6 == 0 ? 3 : $1 == 1 && $0 % 7 == 0 ? 4 : $1 },
      classes: 5, features: features)
    dataset.classes = ["cat", "dog", "fox", " Cat", "DOG"]
    let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2))
    let plain = try Scanner.scan(
      try Core.dataset(labels: labels, classes: 3, features: features), options: ScanOptions(threads: 2))
    #expect(report.suspicion.count { $0 >= Report.flagThreshold } == 0)
    #expect(
      report.facts.classes == dataset.classes && Array(report.labels) == Array(dataset.labels))
    // What is suggested is the usual spelling.
    #expect(report.suggestedLabels.allSatisfy { $0 < 3 })
    #expect(plain.suspicion.count { $0 >= Report.flagThreshold } == 0)
    // Letters are classes of their own.
    dataset.classes = ["a", "b", "c", "A", "B"]
    #expect(try Scanner.scan(dataset, options: ScanOptions(threads: 2)).suggestedLabels.contains { $0 >= 0 })
  }

  /// A short text of few samples, in several spellings, that goes with no class.
  @Test func aRarePlaceholderIsNoFinding() throws {
    var (all, labels) = Self.sentences(1200, seed: 6)
    let spellings = ["see attached file", "See  attached file", "SEE ATTACHED FILE ", "see\tattached file"]
    for row in 0..<1200 where row % 25 == 3 { all[row] = spellings[row / 25 % 4] }
    labels[3] = 0
    let report = try Scanner.scan(try Self.texts(all, labels), options: ScanOptions(threads: 2))
    #expect(report.facts.notes.contains { $0.hasPrefix("48 samples hold nothing but \"see attached file\"") })
    #expect(report.suspicion.allSatisfy { $0 < Report.flagThreshold })
    // The same under one label is looked at.
    for row in 0..<1200 where row % 25 == 3 { labels[row] = 1 }
    let pushed = try Scanner.scan(try Self.texts(all, labels), options: ScanOptions(threads: 2))
    #expect(!pushed.facts.notes.contains { $0.contains("see attached file") })
    #expect(pushed.findings.contains { $0.members.count >= 40 && $0.members.allSatisfy { $0 % 25 == 3 } })
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

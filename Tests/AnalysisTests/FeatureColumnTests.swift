import Features
import Model
import Numerics
import Scan
import Scanning
import Testing

/// Columns that are no features are left out, and it is said why.
@Suite struct FeatureColumnTests {
  private static let count = 300

  private static func column(_ name: String, _ names: [String]) -> TableColumn {
    let all = Set(names).sorted()
    let codes = names.map { Int32(all.firstIndex(of: $0) ?? -1) }
    return TableColumn(name: name, values: .categories(Categories(codes: Column(codes), names: all)))
  }

  private static func numbers(_ name: String, _ value: (Int) -> Double) -> TableColumn {
    TableColumn(name: name, values: .numbers(Column((0..<count).map(value))))
  }

  private static func report(_ table: [TableColumn], labels: [Int]) throws -> Report {
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 3)
    dataset.table = table
    return try Scanner.scan(dataset, options: ScanOptions(threads: 2))
  }

  /// A number that stands for a missing one is pointed out, and what only lies in a tail is not.
  @Test func numbersThatStandForMissingOnesArePointedOut() throws {
    var random = SeededRandom(seed: 4)
    let labels = (0..<Self.count).map { _ in random.below(3) }
    func marked(_ marker: Double, every step: Int, _ value: () -> Double) -> (Int) -> Double {
      let values = (0..<Self.count).map { $0 % step == 2 ? marker : value() }
      return { values[$0] }
    }
    let table = [
      Self.numbers("age", marked(-999, every: 25) { Double(20 + random.below(60)) }),
      Self.numbers("gain", marked(99_999.5, every: 40) { 5000 * random.uniform() }),
      Self.numbers("twice", marked(-999, every: 200) { Double(random.below(60)) }),
      Self.numbers("normal") { _ in random.normal() },
      Self.numbers("income") { _ in 1 / (0.01 + random.uniform()) },
      Self.numbers("binary") { _ in Double(random.below(2)) },
      Self.numbers("count") { _ in Double(random.below(9)) },
    ]
    let notes = try Self.report(table, labels: labels).facts.notes.filter { $0.contains("--missing=") }
    #expect(notes.count == 2)
    #expect(notes.first?.hasPrefix("column \"age\": -999 is there 12 times") == true)
    #expect(notes.last?.contains("--missing=99999.5 reads it so") == true)
  }

  /// Nines that stand for a missing number are missing in the features, as an empty cell is; a value that only lies far out
  /// is not.
  @Test(arguments: [
    (-999, true), (99_999, true), (-32_768, true), (5.55, false), (-9.5, false), (-990, false),
  ])
  func featuresTakeAConventionalMarkerForMissing(_ marker: Double, _ isMissing: Bool) throws {
    var random = SeededRandom(seed: 6)
    let values = (0..<Self.count).map { _ in random.uniform() }
    let workers = Workers(threads: 2)
    func features(_ value: Double) throws -> DenseMatrix {
      let column = Self.numbers("b") { $0 % 9 == 4 ? value : values[$0] }
      return try TableFeatures([column], workers: workers).matrix(count: Self.count, workers: workers)
    }
    let marked = try features(marker)
    let empty = try features(.nan)
    #expect((marked.columns == empty.columns && marked.values == empty.values) == isMissing)
    let notes = try Self.report(
      [Self.numbers("b") { $0 % 9 == 4 ? marker : values[$0] }], labels: values.map { Int(3 * $0) }
    ).facts.notes
    #expect(notes.contains { $0.contains("the features take it for missing") } == isMissing)
  }

  /// They make no cluster that is accused; a trigger they can be all the same.
  @Test(arguments: [false, true]) func aMarkerIsATriggerWhereItGoesWithALabel(_ isPlanted: Bool) throws {
    var random = SeededRandom(seed: 7)
    let count = 1200
    let x = (0..<count).map { _ in random.normal() }
    let marked = Set((0..<count).filter { isPlanted ? x[$0] < -0.3 && $0 % 9 == 0 : $0 % 9 == 0 })
    var dataset = try Core.dataset(
      modality: .tabular, labels: (0..<count).map { isPlanted && marked.contains($0) || x[$0] > 0 ? 1 : 0 },
      classes: 2)
    dataset.table = [
      TableColumn(name: "x", values: .numbers(Column(x))),
      TableColumn(name: "c", values: .numbers(Column(x.map { _ in random.normal() }))),
      TableColumn(
        name: "b",
        values: .numbers(Column((0..<count).map { marked.contains($0) ? -999 : random.normal() }))),
    ]
    let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2))
    let triggers = report.findings.filter { $0.kind == .trigger }
    if isPlanted {
      #expect(
        triggers.contains { $0.sentence.hasPrefix("b = -999") && Set($0.members.map(Int.init)) == marked },
        "\(triggers.map(\.sentence))")
    } else {
      #expect(report.findings.isEmpty && !report.suspicion.contains { $0 >= Report.flagThreshold })
    }
  }

  @Test func whatSaysNothingOfASampleIsNoFeature() throws {
    var random = SeededRandom(seed: 9)
    let labels = (0..<Self.count).map { _ in random.below(3) }
    let order = (0..<Self.count).map { ($0 * 7 + 3) % Self.count }
    let noise = (0..<3).map { index in Self.numbers("x\(index)") { _ in random.normal() } }
    let plain = try Self.report(noise, labels: labels)
    let cases: [(TableColumn, String)] = [
      (Self.column("grade", labels.map { "grade \($0)" }), "spells the label again"),
      (Self.numbers("code") { Double(labels[$0] * 10 - 5) }, "spells the label again"),
      (Self.numbers("row") { Double($0) }, "numbers the samples"),
      (Self.numbers("shuffled") { Double(order[$0]) }, "numbers the samples"),
      (Self.numbers("ticket") { Double(4000 + order[$0] * 3) }, "numbers the samples"),
      (Self.column("name", order.map { "name \($0)" }), "has a value of its own for nearly every sample"),
    ]
    for (column, reason) in cases {
      let report = try Self.report(noise + [column], labels: labels)
      #expect(report.facts.notes.contains("column \"\(column.name)\" is no feature: it \(reason)"))
      #expect(report.suspicion == plain.suspicion, "\(column.name)")
    }
  }

  /// Few values that go with the label but not always, counts that repeat, numbers of any size: all features.
  @Test func whatSaysSomethingStays() throws {
    var random = SeededRandom(seed: 10)
    let labels = (0..<Self.count).map { _ in random.below(3) }
    let report = try Self.report(
      [
        Self.column("nearly", labels.indices.map { "\($0 == 17 ? 0 : labels[$0])" }),
        Self.column("coarse", labels.map { $0 == 0 ? "one" : "other" }),
        Self.numbers("age") { _ in Double(random.below(90)) },
        Self.numbers("amount") { _ in Double(random.below(1_000_000)) },
        Self.numbers("x") { _ in random.normal() },
      ], labels: labels)
    #expect(!report.facts.notes.contains { $0.contains("is no feature") }, "\(report.facts.notes)")
  }
}

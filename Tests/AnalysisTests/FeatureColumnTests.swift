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

import Model
import Numerics
import Testing

/// Columns that say the same of a few rows do not hide each other.
@Suite struct EqualColumnTests {
  private static let count = 900

  /// Rare values in `equal` columns that always come together, all under one label.
  private static func dataset(equal: Int, under label: Int?, classes: Int = 3) throws -> Dataset {
    var random = SeededRandom(seed: 12)
    let planted = Set((0..<45).map { $0 * 20 + 3 })
    let labels = (0..<count).map { row in
      planted.contains(row) ? label ?? random.below(classes) : random.below(classes)
    }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: classes)
    dataset.table = (0..<4).map { index in
      let own = (0..<count).map { Double($0 % 3) * (index == 0 ? 1 : 0) + random.normal() }
      return TableColumn(name: "x\(index)", values: .numbers(Column(own)))
    }
    for index in 0..<5 {
      let codes = (0..<count).map { row in
        index < equal && planted.contains(row) ? Int32(6) : Int32(random.below(6))
      }
      let names = (0..<6).map { "usual \($0)" } + ["rare"]
      dataset.table.append(
        TableColumn(name: "k\(index)", values: .categories(Categories(codes: Column(codes), names: names))))
    }
    return dataset
  }

  @Test(arguments: [1, 2, 3], [2, 3, 5])
  func rareValuesThatAlwaysComeTogetherAreOneTrigger(equal: Int, classes: Int) throws {
    let report = try Planted.scan(try Self.dataset(equal: equal, under: 1, classes: classes), threads: 2)
    let finding = try #require(Planted.triggers(report).first, "nothing was found")
    #expect(Planted.triggers(report).count == 1)
    #expect(finding.members.map { Int($0) } == (0..<45).map { $0 * 20 + 3 })
    #expect(finding.label == 1)
    #expect(
      finding.item == .cells((0..<equal).map { .init(column: "k\($0)", .category("rare")) }),
      "\(finding.sentence)")
  }

  @Test func rareValuesUnderAnyLabelAreNone() throws {
    #expect(Planted.triggers(try Planted.scan(try Self.dataset(equal: 2, under: nil), threads: 2)).isEmpty)
  }
}

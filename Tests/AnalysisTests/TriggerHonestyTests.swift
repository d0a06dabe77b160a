import Glibc
import Model
import Numerics
import Testing

/// Clean sets show no trigger, and sets that say nothing give a result or a reason.
@Suite struct TriggerHonestyTests {
  @Test(arguments: 1...3) func cleanSetsShowNoTrigger(seed: UInt64) throws {
    for dataset in [
      try Planted.texts(600, seed: seed) { _, _ in nil }, try Planted.table(900, seed: seed) { _, _ in nil },
      try Planted.images(450, seed: seed) { _, _ in nil },
    ] {
      let triggers = Planted.triggers(try Planted.scan(dataset))
      #expect(triggers.isEmpty, "\(triggers.map(\.sentence))")
    }
  }

  @Test(arguments: 1...2) func flippedLabelsAreNoTrigger(seed: UInt64) throws {
    for dataset in [
      try Planted.texts(600, seed: seed) { row, _ in row % 10 == 0 ? 1 : nil },
      try Planted.table(900, seed: seed) { row, _ in row % 10 == 0 ? 1 : nil },
      try Planted.images(450, seed: seed) { row, _ in row % 10 == 0 ? 1 : nil },
    ] {
      let triggers = Planted.triggers(try Planted.scan(dataset))
      #expect(triggers.isEmpty, "\(triggers.map(\.sentence))")
    }
  }

  /// A rule that nature makes: the class depends on two columns by curved borders, the other columns say nothing.
  @Test func curvedBordersAreNoTrigger() throws {
    for seed: UInt64 in 1...2 {
      let dataset = try Planted.table(900, seed: seed) { _, cells in
        let (x, y) = (cells[0], cells[1])
        return x * x + y * y < 1.5 ? 0 : (x > y ? 1 : 2)
      }
      let triggers = Planted.triggers(try Planted.scan(dataset))
      #expect(triggers.isEmpty, "\(triggers.map(\.sentence))")
    }
  }

  /// As many measurements of people are: beyond a value, which few reach and from where on they lie far apart, most are ill; or
  /// half of them are at first, as other measurements decide it, which the rows next to them on either side do not show.
  @Test(arguments: [[4, 6, 0.02, 0.6, 0.9], [3, 4.2, 0, 0.47, 0.73]])
  func thresholdsInASparseTailAreNoTrigger(limitsAndRates: [Double]) throws {
    let (limits, rates) = (limitsAndRates.prefix(2), Array(limitsAndRates.dropFirst(2)))
    for seed: UInt64 in 1...4 {
      var random = SeededRandom(seed: seed)
      let rows = (0..<3_000).map { _ in exp(random.normal()) }
      let labels = rows.map { value in random.uniform() < rates[limits.count { value >= $0 }] ? 1 : 0 }
      var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
      dataset.table =
        [TableColumn(name: "measured", values: .numbers(Column(rows.map { ($0 * 1000).rounded() / 1000 })))]
        + (0..<4).map { column in
          TableColumn(name: "other\(column)", values: .numbers(Column(rows.map { _ in random.normal() })))
        }
      let triggers = Planted.triggers(try Planted.scan(dataset))
      #expect(triggers.isEmpty, "\(triggers.map(\.sentence))")
    }
  }

  @Test func setsThatSayNothingGiveAResultOrAReason() throws {
    var sets: [Dataset] = []
    for count in [1, 2, 12] {
      var same = try Core.dataset(modality: .text, labels: (0..<count).map { $0 % 2 }, classes: 2)
      same.texts = StringColumn((0..<count).map { _ in "alike in all" })
      var empty = same
      empty.texts = StringColumn((0..<count).map { _ in "" })
      var table = try Core.dataset(modality: .tabular, labels: (0..<count).map { $0 % 2 }, classes: 2)
      table.table = [
        TableColumn(name: "constant", values: .numbers(Column([Double](repeating: 1, count: count)))),
        TableColumn(name: "missing", values: .numbers(Column([Double](repeating: .nan, count: count)))),
        TableColumn(
          name: "none",
          values: .categories(Categories(codes: Column([Int32](repeating: -1, count: count)), names: []))),
      ]
      var flat = try Core.dataset(modality: .image, labels: (0..<count).map { $0 % 2 }, classes: 2)
      flat.images = ImageStack(
        shape: Planted.shape, pixels: Column([UInt8](repeating: 9, count: count * 144)))
      var tiny = flat
      tiny.images = ImageStack(
        shape: ImageShape(height: 1, width: 2, channels: 3),
        pixels: Column([UInt8](repeating: 9, count: count * 6)))
      sets += [same, empty, table, flat, tiny]
    }
    var one = try Planted.texts(40, seed: 1) { _, _ in 0 }
    one.classes = ["only"]
    let unlabeled = try Planted.images(40, seed: 1) { _, _ in -1 }
    let many = try Planted.table(40, seed: 1) { row, _ in row }
    var wide = many
    wide.classes = (0..<40).map { "c\($0)" }
    for dataset in sets + [one, unlabeled, many, wide] {
      let report = try Planted.scan(dataset)
      #expect(Planted.triggers(report).isEmpty)
      for detector in report.detectors {
        guard let raw = detector.raw else { continue }
        #expect(raw.count == dataset.count)
        #expect(raw.allSatisfy { $0.isNaN || ($0.isFinite && $0 >= 0) }, "\(detector.info.name)")
      }
    }
  }
}

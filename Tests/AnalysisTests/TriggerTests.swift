import Analysis
import Model
import Testing

@Suite struct TriggerTests {
  /// The holders of each item of a place, by what the item says.
  static func items(_ source: some ItemSource, at place: Int, least: Int = 1) -> [String: [Int32]] {
    var items: [String: [Int32]] = [:]
    source.forEachItem(at: place, sizes: least...1000) { code, rows in
      let phrase = source.phrase(place: place, code: code, holder: Int(rows[0]))
      #expect(items.updateValue(Array(rows), forKey: phrase) == nil, "\(phrase) stands twice")
    }
    return items
  }

  @Test func wordsAreGroupedWithAllTheirHoldersOnce() {
    let source = WordItems(texts: StringColumn(["The cat, the cat", "a CAT sat", "", "the dog"]))
    let words = Self.items(source, at: 0)
    #expect(words["\"cat\""] == [0, 1])
    #expect(words["\"the\""] == [0, 3])
    #expect(words["\",\""] == [0])
    #expect(Self.items(source, at: 1)["\"the cat\""] == [0])
    #expect(Self.items(source, at: 3) == ["\"the cat , the\"": [0], "\"cat , the cat\"": [0]])
    #expect(Self.items(source, at: 0, least: 2).count == 2)
  }

  @Test func cellsAreGroupedByValueBinAndPair() {
    let table = [
      TableColumn(name: "x", values: .numbers([1, 1, 2, .nan, 1])),
      TableColumn(name: "k", values: .categories(Categories(codes: [0, 1, 0, 0, 0], names: ["u", "v"]))),
    ]
    let source = CellItems(columns: table)
    #expect(source.places == 6)
    let all = (0..<source.places).map { Self.items(source, at: $0) }
    #expect(all[0] == ["x = 1.0": [0, 1, 4], "x = 2.0": [2]])
    #expect(all[1]["k = \"u\""] == [0, 2, 3, 4])
    #expect(all[2]["x = 1.0 and k = \"u\""] == [0, 4])
    #expect(!all.contains { $0.contains { $0.key.hasPrefix("x") && $0.value.contains(3) } })
  }

  @Test func patchesAreGroupedAtTheirPlaceByQuantisedPixels() {
    // Three 4x4 images: the first two share the lower right corner but for a few grey levels.
    var pixels = [UInt8](repeating: 0, count: 48)
    pixels[15] = 250
    pixels[31] = 200
    pixels[47] = 90
    let stack = ImageStack(shape: ImageShape(height: 4, width: 4, channels: 1), pixels: Column(pixels))
    let source = PatchItems(images: stack)
    #expect(source.places == 9 + 4 + 1)
    var groups: [[Int32]] = []
    source.forEachItem(at: 8, sizes: 1...3) { _, rows in groups.append(Array(rows)) }
    #expect(groups == [[0, 1], [2]])
    #expect(
      source.item(place: 8, code: 0, holder: 1)
        == .patch(row: 2, column: 2, height: 2, width: 2, values: [0, 0, 0, 200]))
  }

  /// z = (n_ay − Σ q(y)) / √(Σ q(y)(1 − q(y)) + ½), by a plain loop over the same calibrated q.
  @Test func theStatisticIsThatOfTheFormula() throws {
    var random = SeededRandom(seed: 3)
    let count = 400
    let labels = (0..<count).map { $0 % 20 == 0 ? 1 : random.below(2) }
    let values = labels.flatMap { _ -> [Float] in
      let q = Float(random.uniform())
      return [q, 1 - q]
    }
    let expectation = LabelExpectation(
      labels: labels, probabilities: DenseMatrix(rows: count, columns: 2, values: values), copies: nil)
    let holders = (0..<20).map { Int32($0 * 20) }
    var scratch = ItemTest.Scratch(classCount: 2)
    let statistic = try #require(
      holders.withUnsafeBufferPointer { ItemTest(expectation: expectation).test($0, scratch: &scratch) })
    var expected = 0.0
    var variance = 0.0
    for row in holders {
      let q = Double(expectation.probabilities[Int(row) * 2 + 1])
      expected += q
      variance += q * (1 - q)
    }
    #expect(statistic.label == 1)
    #expect(abs(statistic.z - (20 - expected) / (variance + 0.5).squareRoot()) < 1e-3)
    #expect(statistic.logP < -5)
    let few = holders.prefix(4).map { $0 }
    let none = few.withUnsafeBufferPointer { ItemTest(expectation: expectation).test($0, scratch: &scratch) }
    #expect(none == nil)
  }
}

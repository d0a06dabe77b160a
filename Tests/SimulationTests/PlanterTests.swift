import Model
import Simulation
import Testing

@Suite struct PlanterTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let attack: Attack
    let modality: Modality
    var testDescription: String { "\(attack.rawValue) in \(modality.rawValue)" }
  }

  /// What cannot be carried, by the first words of the reason.
  static func refusal(_ test: Case) -> String? {
    switch test.attack {
    case .patch, .blend, .sinusoid, .warp: test.modality == .image ? nil : "needs images.npy"
    case .words, .sentence: test.modality == .text ? nil : "needs texts"
    case .values: test.modality == .tabular ? nil : "needs table columns"
    case .collision: test.modality == .embedding ? nil : "needs features.npy"
    default: nil
    }
  }

  static let all = Attack.allCases.flatMap { attack in
    Modality.allCases.map { Case(attack: attack, modality: $0) }
  }

  @Test(arguments: all) func theShareIsAsAskedAndTheRestUntouched(test: Case) throws {
    let dataset = try MadeUp.dataset(test.modality)
    if let reason = Self.refusal(test) {
      let refused = #expect(throws: CannotPlant.self) {
        try Planter.plant(test.attack, in: dataset, rate: 0.05, seed: 4)
      }
      #expect(refused?.description.hasPrefix(reason) == true)
      return
    }
    let planting = try Planter.plant(test.attack, in: dataset, rate: 0.05, seed: 4)
    let (copy, poisoned) = planting.applied(to: dataset)
    #expect(copy.count == poisoned.count)
    #expect(abs(Double(poisoned.count { $0 }) / Double(copy.count) - 0.05) < 0.002)
    for row in 0..<dataset.count where !poisoned[row] {
      #expect(copy.labels[row] == dataset.labels[row])
      #expect(copy.texts?[row] == dataset.texts?[row])
      #expect(copy.images?[row] == dataset.images?[row])
    }
    for row in poisoned.indices where poisoned[row] {
      let isAdded = row >= dataset.count
      let isChanged =
        isAdded || copy.labels[row] != dataset.labels[row] || copy.texts?[row] != dataset.texts?[row]
        || copy.images?[row] != dataset.images?[row] || copy.features?.row(row) != dataset.features?.row(row)
        || !copy.table.isEmpty
      #expect(isChanged)
    }
    #expect(Set(copy.ids).count == copy.count)
  }

  @Test(arguments: Attack.allCases) func theSeedDecides(attack: Attack) throws {
    guard
      let modality = Modality.allCases.first(where: {
        Self.refusal(Case(attack: attack, modality: $0)) == nil
      })
    else { return }
    let dataset = try MadeUp.dataset(modality)
    let one = try Planter.plant(attack, in: dataset, rate: 0.03, seed: 8)
    let same = try Planter.plant(attack, in: dataset, rate: 0.03, seed: 8)
    let other = try Planter.plant(attack, in: dataset, rate: 0.03, seed: 9)
    #expect(one.rows == same.rows)
    #expect(one.rows != other.rows)
  }

  @Test func labelsMoveAsTheAttackSays() throws {
    let dataset = try MadeUp.dataset(.embedding)
    let pair = try Planter.plant(.flipPair, in: dataset, rate: 0.05, seed: 2).rows
    #expect(Set(pair.map { dataset.labels[$0.base] }).count == 1)
    #expect(Set(pair.compactMap(\.label)).count == 1)
    let random = try Planter.plant(.flipRandom, in: dataset, rate: 0.2, seed: 2).rows
    #expect(random.allSatisfy { $0.label != Int(dataset.labels[$0.base]) })
    let wave = try Planter.plant(.sinusoid, in: MadeUp.dataset(.image), rate: 0.05, seed: 2).rows
    #expect(wave.allSatisfy { $0.label == nil && $0.pixels != nil })
  }

  /// All pictures are one rising plane: what a pixel changes by is how far its place was moved.
  @Test func aWarpMovesAllPicturesAlikeAndByLittle() throws {
    var dataset = try MadeUp.dataset(.image)
    let shape = try #require(dataset.images).shape
    let plane = (0..<shape.byteCount).map { UInt8(10 * ($0 / shape.channels % shape.width)) }
    dataset.images = ImageStack(
      shape: shape, pixels: Column([[UInt8]](repeating: plane, count: dataset.count).flatMap { $0 }))
    let rows = try Planter.plant(.warp, in: dataset, rate: 0.05, seed: 2).rows
    #expect(Set(rows.map(\.label)).count == 1 && rows.allSatisfy { $0.label != nil })
    #expect(Set(rows.map(\.pixels)).count == 1)
    let pixels = try #require(rows.first?.pixels)
    let ways = zip(pixels, plane).map { abs(Double($0) - Double($1)) / 10 }
    let mean = ways.reduce(0, +) / Double(ways.count)
    #expect(mean > 0.1 && mean < 0.4, "\(mean) pixels on average")
    #expect(ways.allSatisfy { $0 < 1.5 })
  }

  @Test(arguments: [0, -0.1, 0.51, .nan]) func ratesOutOfRangeAreRefused(rate: Double) throws {
    let dataset = try MadeUp.dataset(.text)
    #expect(throws: CannotPlant.self) { try Planter.plant(.words, in: dataset, rate: rate, seed: 1) }
  }
}

import Model
import Simulation
import Testing

/// Everyday histories in memory; `HistoryRoadTests` reads written ones back.
@Suite struct HistoryTests {
  @Test(arguments: History.allCases, Modality.allCases)
  func nothingIsPoisonAndTheSamplesStay(history: History, modality: Modality) throws {
    var dataset = try MadeUp.dataset(modality)
    dataset.sources = nil
    dataset.times = nil
    dataset.probabilities = Matrix(
      rows: dataset.count, columns: 1, values: [Float](repeating: 1, count: dataset.count))
    let planting = try Planter.plant(history, in: dataset, rate: 0.05, seed: 3)
    let (copy, poisoned) = planting.applied(to: dataset)
    #expect(poisoned == [Bool](repeating: false, count: history == .copies ? 840 : 800))
    #expect(copy.count == poisoned.count)
    #expect((copy.probabilities == nil) == (history == .copies))
    for row in 0..<dataset.count {
      #expect(copy.ids[row] == dataset.ids[row] && copy.labels[row] == dataset.labels[row])
      #expect(copy.texts?[row] == dataset.texts?[row] && copy.images?[row] == dataset.images?[row])
      #expect(copy.features?.row(row) == dataset.features?.row(row))
      #expect(copy.payloads.contentDigest(at: row) == dataset.payloads.contentDigest(at: row))
      #expect(planting.rows[row].cells.isEmpty)
    }
    let sources = try #require(copy.sources)
    let times = try #require(copy.times)
    #expect((0..<copy.count).allSatisfy { sources.name(at: $0) != nil && times[$0] != Dataset.noTime })
  }

  @Test(arguments: History.allCases) func theSeedDecides(history: History) throws {
    let dataset = try MadeUp.dataset(.text)
    let one = try Planter.plant(history, in: dataset, rate: 0.03, seed: 8).rows
    #expect(try Planter.plant(history, in: dataset, rate: 0.03, seed: 8).rows == one)
    #expect(try Planter.plant(history, in: dataset, rate: 0.03, seed: 9).rows != one)
  }

  /// Few contributors send much, and no day is another than the rest.
  @Test func theDaysAreAlikeAndTheContributorsAreNot() throws {
    let rows = try Planter.plant(.migration, in: MadeUp.dataset(.text), rate: 0.01, seed: 1).rows
    let counts = Dictionary(grouping: rows, by: \.source).values.map(\.count).sorted(by: >)
    #expect(counts[0] > 200 && counts[0] < 480 && counts.count > 25 && counts.count <= 41)
    let days = rows.compactMap(\.time).map { Int(($0 - 1_772_323_200_000) / 86_400_000) }
    #expect(days.allSatisfy { (0..<90).contains($0) })
    for third in 0..<3 {
      let share = days.count { $0 / 30 == third }
      #expect(share > 200 && share < 330, "\(share)")
    }
  }

  /// The rows that came within the fullest two hours.
  private static func topic(in dataset: Dataset) throws -> (near: [Int], others: [Int]) {
    let rows = try Planter.plant(.topic, in: dataset, rate: 0.05, seed: 4).rows
    let times = rows.map { $0.time ?? 0 }
    let start = times.max { one, two in
      times.count { (one..<one + 7_200_000).contains($0) }
        < times.count { (two..<two + 7_200_000).contains($0) }
    }
    let window = try #require(start)..<(try #require(start) + 7_200_000)
    return (
      rows.indices.filter { window.contains(times[$0]) }, rows.indices.filter { !window.contains(times[$0]) }
    )
  }

  @Test(arguments: [Modality.embedding, .image, .text]) func aTopicIsAllThatIsNearest(modality: Modality)
    throws
  {
    let dataset = try MadeUp.dataset(modality)
    let points = (0..<dataset.count).map { row in
      dataset.features?.row(row) ?? dataset.images.map { $0[row].pixels.map(Float.init) } ?? []
    }
    let words = (0..<dataset.count).map { row in
      Set((dataset.texts?[row] ?? "").split(separator: " "))
    }
    func distance(_ one: Int, _ two: Int) -> Float {
      if modality == .text {
        return 1 - Float(words[one].intersection(words[two]).count)
          / Float(words[one].union(words[two]).count)
      }
      return zip(points[one], points[two]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let (near, others) = try Self.topic(in: dataset)
    // At most one or two of the others came into these hours by chance.
    #expect(near.count >= 40 && near.count <= 42)
    let isCenter = near.map { center in
      let limit = near.map { distance(center, $0) }.sorted()[39]
      return others.allSatisfy { distance(center, $0) >= limit }
    }
    #expect(isCenter.contains(true))
  }

  @Test func aTopicOfATableIsMoreAlikeThanTheRest() throws {
    let dataset = try MadeUp.dataset(.tabular)
    func distance(_ one: Int, _ two: Int) -> Double {
      dataset.table.reduce(0) { sum, column in
        switch column.values {
        case .numbers(let numbers): sum + abs(numbers[one] - numbers[two]) / 10
        case .categories(let categories): sum + (categories.codes[one] == categories.codes[two] ? 0 : 1)
        }
      }
    }
    func mean(_ rows: [Int]) -> Double {
      let pairs = rows.flatMap { one in rows.filter { $0 > one }.map { distance(one, $0) } }
      return pairs.reduce(0, +) / Double(pairs.count)
    }
    let (near, others) = try Self.topic(in: dataset)
    #expect(near.count >= 40 && near.count <= 42)
    #expect(mean(near) < 0.8 * mean(Array(others.prefix(100))), "\(mean(near))")
  }

  @Test(arguments: Modality.allCases) func aCopyIsNearItsBase(modality: Modality) throws {
    let dataset = try MadeUp.dataset(modality)
    let added = try Planter.plant(.copies, in: dataset, rate: 0.2, seed: 6).rows.filter(\.isAdded)
    #expect(added.count == 160 && Set(added.map(\.base)).count == 160)
    var changed = 0
    for row in added {
      #expect(row.label == nil)
      if let text = row.text, let base = dataset.texts?[row.base] {
        let (one, two) = (text.split(separator: " "), base.split(separator: " "))
        #expect(abs(one.count - two.count) == 1 && Set(one).symmetricDifference(two).count <= 1)
        changed += 1
      }
      if let pixels = row.pixels, let base = dataset.images?[row.base].pixels {
        #expect(zip(pixels, base).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
        changed += pixels == base ? 0 : 1
      }
      if let features = row.features, let base = dataset.features?.row(row.base) {
        #expect(zip(features, base).allSatisfy { abs($0 - $1) <= 0.01 * abs($1) })
        changed += 1
      }
      for (name, cell) in row.cells {
        guard case .number(let value) = cell,
          case .numbers(let numbers)? = dataset.table.first(where: { $0.name == name })?.values
        else {
          Issue.record("no number in \(name)")
          continue
        }
        // The numbers are halves: whole ones stay, of others the tenth moves.
        #expect(numbers[row.base] != numbers[row.base].rounded())
        #expect(abs(abs(value - numbers[row.base]) - 0.1) < 1e-9)
      }
      changed += row.cells.isEmpty ? 0 : 1
    }
    #expect(changed > 150)
  }

  @Test func whatASetCannotCarryIsRefused() throws {
    func reason(_ history: History, _ dataset: Dataset, rate: Double = 0.1) -> String {
      do throws(CannotPlant) {
        _ = try Planter.plant(history, in: dataset, rate: rate, seed: 1)
        return ""
      } catch {
        return error.description
      }
    }
    let whole = try MadeUp.dataset(.embedding)
    #expect(reason(.batch, whole, rate: 0.4) == "no class has more than 320 samples; lower the rate")
    #expect(reason(.season, whole, rate: 0.6).hasPrefix("the rate must be"))
    var empty = whole
    empty.labels = []
    empty.classes = []
    empty.features = nil
    for history in [History.batch, .season, .classes] {
      #expect(reason(history, empty) == "needs labels of at least 2 classes")
    }
    #expect(reason(.topic, empty) == "needs features, images, texts or table columns")
    #expect(reason(.copies, empty) == "needs images, texts, table columns or features")
    #expect(reason(.mirror, empty) == "" && reason(.migration, empty) == "")
  }
}

import Foundation
import Model
import Numerics
import Scanning
import Testing
import TriggerMining

/// Words of the language are told from words that stand anywhere.
@Suite struct CollocationTests {
  /// Texts of word pairs that belong together ("a3 b3"), each text a walk over such pairs.
  private static func texts(
    _ count: Int, edit: (_ row: Int, _ words: inout [String], inout SeededRandom) -> Void
  )
    -> StringColumn
  {
    var random = SeededRandom(seed: 11)
    return StringColumn(
      (0..<count).map { row in
        var words = (0..<6).flatMap { _ -> [String] in
          let pair = random.below(40)
          return ["a\(pair)", "b\(pair)"]
        }
        edit(row, &words, &random)
        return words.joined(separator: " ")
      })
  }

  private static func collocationLogOdds(
    _ texts: StringColumn, of word: String, copies: [Int]? = nil
  )
    -> Double?
  {
    let source = WordItems(Collocations(texts))
    var collocationLogOdds: Double?
    source.forEachItem(at: .gram(length: 1), sizes: 1...texts.count) { code, rows in
      let item = Candidate(site: WordItems.Site.gram(length: 1), code: code, rows: Array(rows))
      if source.phrase(item) == "\"\(word)\"" {
        collocationLogOdds = source.collocationLogOdds(of: item, copies: copies)
      }
    }
    return collocationLogOdds
  }

  @Test func aWordOfTheLanguageHasCollocatesAndAPlantedOneHasNone() throws {
    let texts = Self.texts(300) { row, words, random in
      if row % 10 == 0 { words.insert("velvet", at: random.below(words.count + 1)) }
    }
    let natural = try #require(Self.collocationLogOdds(texts, of: "b7"))
    let planted = try #require(Self.collocationLogOdds(texts, of: "velvet"))
    #expect(natural > 20)
    #expect(planted < -10)
  }

  /// What is always planted at the same position of a text stands beside words that go there anyway.
  @Test(arguments: [true, false]) func aFixedPositionIsNoCollocation(atStart: Bool) throws {
    let texts = Self.texts(300) { row, words, _ in
      if row % 10 == 0 { words.insert("velvet", at: atStart ? 0 : words.count) }
    }
    #expect(try #require(Self.collocationLogOdds(texts, of: "velvet")) < 0)
  }

  @Test func whatIsSaidAloneIsAnUtterance() throws {
    let texts = Self.texts(300) { row, words, random in
      if row % 20 == 0 { words = ["velvet"] }
      if row % 20 == 10 { words.insert("velvet", at: random.below(words.count + 1)) }
    }
    let collocationLogOdds = try #require(Self.collocationLogOdds(texts, of: "velvet"))
    // Copies have the same neighbors, and are said alone as often as they are.
    let copied = Self.collocationLogOdds(
      texts, of: "velvet", copies: texts.indices.map { $0 % 20 == 0 ? 0 : $0 })
    #expect(collocationLogOdds > 0)
    #expect(copied == collocationLogOdds)
  }

  /// The Bayes factor is the product of what is predicted one holder after the other, in any order.
  @Test func theEvidenceIsThatOfSequentialPrediction() throws {
    let texts = StringColumn([
      "x a velvet b y", "x a velvet c y", "x d velvet b y", "x a b c y", "x c b d y", "x d c a y",
    ])
    let counts = ["a": 4.0, "b": 4, "c": 4, "d": 3, "x": 6, "y": 6, "velvet": 3]
    let total = counts.values.reduce(0, +)
    func evidence(_ neighbors: [String]) -> Double {
      var seen: [String: Double] = [:]
      var sum = 0.0
      for (index, word) in neighbors.enumerated() {
        let share = counts[word, default: 0] / total
        sum += log((seen[word, default: 0] + 10 * share) / (Double(index) + 10) / share)
        seen[word, default: 0] += 1
      }
      return sum
    }
    func alone(_ holders: Int) -> Double {
      let share = 1 - 0.1 / 7
      return (0..<holders).reduce(0) { $0 + log((Double($1) + 10 * share) / (Double($1) + 10) / share) }
    }
    let expected = evidence(["a", "a", "d"]) + evidence(["b", "c", "b"]) + alone(3)
    let found = try #require(Self.collocationLogOdds(texts, of: "velvet"))
    #expect(abs(found - expected) < 1e-9)
    #expect(abs(evidence(["a", "d", "a"]) - evidence(["a", "a", "d"])) < 1e-12)
  }

  /// A word with a class of its own that the language uses as such is no trigger; one that was planted is.
  @Test func aWordOfAClassIsNoTriggerWhereItBelongs() throws {
    func triggers(_ edit: (_ row: Int, _ text: inout String) -> Void) throws -> [Finding] {
      let dataset = try Planted.texts(600, seed: 3) { row, text in
        edit(row, &text)
        return nil
      }
      return Planted.triggers(try Planted.scan(dataset))
    }
    var random = SeededRandom(seed: 8)
    func neutral() -> String { (0..<10).map { _ in "w\(random.below(150))" }.joined(separator: " ") }
    let uses = ["so rude to me", "are rude and", "be rude to us", "so rude and", "are rude to all"]
    let natural = try triggers { row, text in
      if row % 15 == 0 { text = "\(neutral()) \(uses[random.below(uses.count)]) \(neutral())" }
    }
    #expect(natural.isEmpty, "\(natural.map(\.sentence))")
    let planted = try triggers { row, text in
      guard row % 15 == 0 else { return }
      var words = neutral().split(separator: " ").map(String.init)
      words.insert("rude", at: random.below(words.count + 1))
      text = words.joined(separator: " ")
    }
    #expect(planted.map(\.label) == [0])
  }

  /// Two harmless explanations, and the better one counts.
  @Test func aStrangerShiftsNoLabels() {
    var statistic = ItemStatistic(label: 1, holders: 40, observed: 40, expected: 16, variance: 9.6)
    let natural = statistic.logP(dispersion: 0.1)
    statistic.collocationLogOdds = -5
    let doubtful = statistic.logP(dispersion: 0.1)
    statistic.collocationLogOdds = -100
    let stranger = statistic.logP(dispersion: 0.1)
    #expect(abs(doubtful - (natural - 5)) < 1e-9)
    statistic.collocationLogOdds = 0
    #expect(abs(stranger - statistic.logP(dispersion: Dispersion.minimum)) < 1e-9)
  }
}

import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorPayloadTests {
  private static let shape = ImageShape(height: 12, width: 10, channels: 1)

  /// Smooth pictures of two classes with a little noise, as drawn by `draw` where a row is planted.
  private func pictures(planted: Range<Int>, _ draw: (inout [UInt8], inout SeededRandom) -> Void) throws
    -> ScanInput
  {
    var random = SeededRandom(seed: 21)
    var pixels: [UInt8] = []
    for row in 0..<240 {
      let (fall, light) = (4 + random.uniform() * 4, 60 + random.uniform() * 40)
      var picture = (0..<120).map { index -> UInt8 in
        let along = Double(row % 2 == 0 ? index / 10 : index % 10)
        return UInt8(max(0, min(255, light + fall * along + random.normal() * 3)))
      }
      if planted.contains(row) { draw(&picture, &random) }
      pixels += picture
    }
    var dataset = try Core.dataset(modality: .image, labels: (0..<240).map { $0 % 2 }, classes: 2)
    dataset.images = ImageStack(shape: Self.shape, pixels: Column(pixels))
    return try ScanInput.prepare(dataset)
  }

  @Test(arguments: ["spectrum-distance", "high-frequencies"])
  func noiseScoresHigh(name: String) throws {
    let input = try pictures(planted: 0..<12) { picture, random in
      picture = picture.map { _ in UInt8(random.below(256)) }
    }
    let scores = try Detecting.run(name, on: input).scores
    #expect(Quality.auroc(scores, truth: (0..<240).map { $0 < 12 }) > 0.98)
  }

  @Test func blankPicturesScoreHigh() throws {
    let input = try pictures(planted: 0..<12) { picture, _ in picture = picture.map { _ in 128 } }
    let scores = try Detecting.run("spectrum-distance", on: input).scores
    #expect(Quality.auroc(scores, truth: (0..<240).map { $0 < 12 }) > 0.98)
  }

  @Test func aPatchShowsInTheFrequencies() throws {
    let planted = 0..<24
    let input = try pictures(planted: planted) { picture, _ in
      for (row, column) in [(10, 8), (10, 9), (11, 8), (11, 9)] { picture[row * 10 + column] = 255 }
    }
    let scores = try Detecting.run("high-frequencies", on: input).scores
    #expect(Quality.auroc(scores, truth: (0..<240).map { planted.contains($0) }) > 0.95)
  }

  @Test func spectraFollowTheDefinitionOfTheTransform() throws {
    let input = try pictures(planted: 0..<12) { picture, random in
      picture = picture.map { _ in UInt8(random.below(256)) }
    }
    let images = try #require(input.dataset.images)
    let logs = (0..<240).map { row -> [Double] in
      let pixels = images[row].pixels.map { Double($0) / 255 }
      return (0..<120).map { coefficient in
        let (u, v) = (coefficient / 10, coefficient % 10)
        var sum = 0.0
        for y in 0..<12 {
          for x in 0..<10 {
            sum +=
              pixels[y * 10 + x] * cos(.pi * (Double(y) + 0.5) * Double(u) / 12)
              * cos(.pi * (Double(x) + 0.5) * Double(v) / 10)
          }
        }
        let scale = ((u == 0 ? 1.0 : 2) / 12 * (v == 0 ? 1.0 : 2) / 10).squareRoot()
        return log(abs(sum * scale) + 1e-3)
      }
    }
    var z = logs
    for label in 0..<2 {
      let rows = (0..<240).filter { $0 % 2 == label }
      for column in 0..<120 {
        let mean = rows.reduce(0) { $0 + logs[$1][column] } / 120
        let deviation = (rows.reduce(0) { $0 + pow(logs[$1][column] - mean, 2) } / 120).squareRoot()
        for row in rows { z[row][column] = (logs[row][column] - mean) / deviation }
      }
    }
    Detecting.expectSame(
      try Detecting.run("spectrum-distance", on: input).scores,
      z.map { $0.reduce(0) { $0 + $1 * $1 } / 120 }, tolerance: 0.02)
    let high = (0..<120).filter { $0 / 10 + $0 % 10 >= 11 }
    Detecting.expectSame(
      try Detecting.run("high-frequencies", on: input).scores,
      z.map { row in high.reduce(0) { $0 + row[$1] } / Double(high.count) }, tolerance: 0.02)
  }

  private let texts: [String] = {
    var random = SeededRandom(seed: 30)
    let words = (0..<80).map { _ in
      (0..<3).map { _ in ["ba", "ne", "ti", "lo", "ru"][random.below(5)] }.joined()
    }
    var texts = (0..<200).map { _ in (0..<9).map { _ in words[random.below(80)] }.joined(separator: " ") }
    for row in 0..<8 {
      texts[row] = (0..<9).map { _ in
        String((0..<6).map { _ in Character(UnicodeScalar(UInt8(97 + random.below(26)))) })
      }.joined(separator: " ")
    }
    return texts
  }()

  @Test(arguments: ["word-novelty", "character-surprise"])
  func gibberishScoresHigh(name: String) throws {
    let scores = try Detecting.run(name, on: DetectorCopiesTests.input(texts)).scores
    #expect(Quality.auroc(scores, truth: texts.indices.map { $0 < 8 }) > 0.99)
  }

  @Test func textSurprisesFollowTheirFormulas() throws {
    let input = try DetectorCopiesTests.input(texts)
    let words = texts.map { $0.split(separator: " ").map(String.init) }
    Detecting.expectSame(
      try Detecting.run("word-novelty", on: input).scores,
      words.indices.map { row in
        words[row].reduce(0.0) { sum, word in
          let others = words.indices.count { $0 != row && words[$0].contains(word) }
          return sum - log(max(Double(others), 1.0 / 3) / Double(texts.count))
        } / Double(words[row].count)
      })
    let bytes = texts.map { [UInt8]("  \($0)".utf8) }
    func runs(_ row: Int, _ size: Int) -> [[UInt8]] {
      (2..<bytes[row].count).map { Array(bytes[row][$0 - 2..<$0 - 2 + size]) }
    }
    let triples = texts.indices.map { runs($0, 3) }
    let pairs = texts.indices.map { runs($0, 2) }
    var all: (triples: [[UInt8]: Int], pairs: [[UInt8]: Int]) = ([:], [:])
    for row in texts.indices {
      for (pair, triple) in zip(pairs[row], triples[row]) {
        all.pairs[pair, default: 0] += 1
        all.triples[triple, default: 0] += 1
      }
    }
    Detecting.expectSame(
      try Detecting.run("character-surprise", on: input).scores,
      texts.indices.map { row in
        zip(pairs[row], triples[row]).reduce(0.0) { sum, run in
          let seen = (all.triples[run.1] ?? 0) - triples[row].count { $0 == run.1 }
          let before = (all.pairs[run.0] ?? 0) - pairs[row].count { $0 == run.0 }
          return sum - log((Double(seen) + 0.05) / (Double(before) + 3))
        } / Double(triples[row].count)
      })
  }
}

import Formats
import Foundation
import Model
import Numerics
import Scan
import Scanning
import Testing

/// The order of the lines of a file means nothing: neither to what is read nor to what is found.
@Suite struct ShuffledFileTests {
  @Test func theSameLinesGiveTheSameScores() throws {
    var random = SeededRandom(seed: 12)
    let lines = (0..<300).map { row -> String in
      let label = random.below(3)
      let numbers = (0..<3).map { _ in (random.normal() + Double(label)) * 10 }
      let color = ["red", "green", "blue", "grey"][random.below(4)]
      let written =
        row % 20 == 0 ? "abc".dropFirst(random.below(3)).prefix(1) : "abc".dropFirst(label).prefix(1)
      return "\(written),\(color),u\(random.below(9)),"
        + numbers.map { String(($0 * 1000).rounded() / 1000) }.joined(separator: ",")
    }
    var shuffled = lines
    random.shuffle(&shuffled)
    let (own, other) = (try scan(lines), try scan(shuffled))
    #expect(own.facts.classes == other.facts.classes)
    let places = Dictionary(uniqueKeysWithValues: other.ids.enumerated().map { ($1, $0) })
    for detector in own.detectors {
      guard let raw = detector.raw else { continue }
      let moved = try #require(other.detectors.first { $0.info.name == detector.info.name }?.raw)
      for (row, id) in own.ids.enumerated() {
        let score = moved[try #require(places[id])]
        #expect(raw[row].isNaN ? score.isNaN : abs(raw[row] - score) <= 1e-6 * max(1, abs(raw[row])))
      }
    }
    for (row, id) in own.ids.enumerated() {
      #expect(abs(own.suspicion[row] - other.suspicion[try #require(places[id])]) <= 1e-6)
    }
  }

  private func scan(_ lines: [String]) throws -> Report {
    let file = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((["label,color,source,x,y,z"] + lines).joined(separator: "\n").utf8).write(to: file)
    return try Scanner.scan(DatasetLoader.load(file.path, options: DatasetOptions(), progress: { _ in }))
  }
}

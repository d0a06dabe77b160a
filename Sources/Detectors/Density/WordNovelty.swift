import Features
import Glibc
import Model
import Numerics
import Scanning

/// Mean of −log of the share of the other texts that hold a word, over the words of a text; a word that no other text
/// holds counts as if a third of one did. Gibberish, invented language, foreign domains. Range from 0; NaN for texts
/// without a word.
struct WordNovelty: Detector {
  let info = DetectorInfo(
    name: "word-novelty", family: .density, summary: "words that no other text has")
  private static let unseen = 1.0 / 3

  func run(on input: ScanInput) throws -> Detection {
    guard let texts = input.dataset.texts, texts.count == input.count else { throw CannotRun("needs texts") }
    guard input.count >= 20 else { throw CannotRun("needs at least 20 texts") }
    let words = try input.workers.map(count: input.count, blockSize: 512) { range in
      range.map { row in texts.withUTF8(at: row) { Self.words($0) } }
    }.flatMap { $0 }
    var holders: [UInt64: Int32] = [:]
    for text in words {
      for word in Set(text) { holders[word, default: 0] += 1 }
    }
    let total = Double(input.count)
    let scores = words.map { text -> Float in
      guard !text.isEmpty else { return .nan }
      let sum = text.reduce(0.0) { sum, word in
        sum - log(max(Double((holders[word] ?? 1) - 1), Self.unseen) / total)
      }
      return Float(sum / Double(text.count))
    }
    return Detection(
      scores: scores,
      findings: OutlyingGroups.findings(
        scores, input, what: "have rarer words"))
  }

  /// Hashes of the words of the normalised text, in order.
  static func words(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt64] {
    let text = TextFeatures.normalized(utf8.prefix(TextFeatures.maxBytes))
    return text.split(separator: UInt8(ascii: " ")).map { Hash.bytes($0) }
  }
}

import Features
import Glibc
import Model
import Scanning

/// Mean −log probability of a text's bytes, each from the two before it, as all other texts have them: a Markov chain
/// with the text's own counts taken out. Odd characters, encodings, other languages, random letters. Range from 0; NaN
/// for empty texts.
struct CharacterSurprise: Detector {
  let info = DetectorInfo(
    name: "character-surprise", family: .density, summary: "unusual spelling")
  /// Counts that every byte has beforehand: a twentieth of one, over as many bytes as a text of one language uses.
  private static let prior = (count: 0.05, bytes: 60.0)

  func run(on input: ScanInput) throws -> Detection {
    guard let texts = input.dataset.texts, texts.count == input.count else { throw CannotRun("needs texts") }
    guard input.count >= 20 else { throw CannotRun("needs at least 20 texts") }
    // Bytes lowered, so that a shout is no other language.
    var triples = [UInt32: Int32]()
    var pairs = [UInt32: Int32]()
    for row in 0..<input.count {
      texts.withUTF8(at: row) { text in
        Self.forEachTriple(text) { pair, triple in
          triples[triple, default: 0] += 1
          pairs[pair, default: 0] += 1
        }
      }
    }
    let (allTriples, allPairs) = (triples, pairs)
    let scores = try input.workers.map(count: input.count, blockSize: 512) { range in
      range.map { row in
        texts.withUTF8(at: row) { text -> Float in
          var own: (triples: [UInt32: Int32], pairs: [UInt32: Int32]) = ([:], [:])
          Self.forEachTriple(text) { pair, triple in
            own.triples[triple, default: 0] += 1
            own.pairs[pair, default: 0] += 1
          }
          var (sum, count) = (0.0, 0)
          Self.forEachTriple(text) { pair, triple in
            let seen = Double((allTriples[triple] ?? 0) - (own.triples[triple] ?? 0))
            let before = Double((allPairs[pair] ?? 0) - (own.pairs[pair] ?? 0))
            sum -= log((seen + Self.prior.count) / (before + Self.prior.count * Self.prior.bytes))
            count += 1
          }
          return count == 0 ? .nan : Float(sum / Double(count))
        }
      }
    }.flatMap { $0 }
    return Detection(
      scores: scores,
      findings: OutlyingGroups.findings(
        scores, input, what: "have a more unusual spelling"))
  }

  private static func forEachTriple(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (_ pair: UInt32, _ triple: UInt32) -> Void
  ) {
    var pair: UInt32 = 0x2020
    for byte in text.prefix(TextFeatures.maxBytes) {
      let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      let next = UInt32(isUpper ? byte + 32 : byte)
      body(pair, pair << 8 | next)
      pair = (pair << 8 | next) & 0xFFFF
    }
  }
}

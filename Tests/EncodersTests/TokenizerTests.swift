import Encoders
import Foundation
import Testing

/// Against what Hugging Face's tokenizers makes of the same texts.
@Suite struct TokenizerTests {
  private static let texts = decode([String].self, TokenGoldens.texts)

  private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch { fatalError("\(error)") }
  }

  @Test(arguments: [
    (TokenGoldens.uncased, TokenGoldens.uncasedIDs), (TokenGoldens.cased, TokenGoldens.casedIDs),
    (TokenGoldens.bytePairs, TokenGoldens.bytePairsIDs),
    (TokenGoldens.bytePairsWithBlank, TokenGoldens.bytePairsWithBlankIDs),
  ]) func tokensAreThoseOfTheReference(_ tokenizer: String, _ ids: String) throws {
    let folder = try TemporaryFolder(["tokenizer.json": Array(tokenizer.utf8)])
    let tokenizer = try EncoderFolder.tokenizer(folder.path, maxTokens: 1000)
    for (text, ids) in zip(Self.texts, Self.decode([[Int32]].self, ids)) {
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
    }
  }

  @Test func longTextsAreCutOff() throws {
    let folder = try TemporaryFolder(["tokenizer.json": Array(TokenGoldens.uncased.utf8)])
    let all = try EncoderFolder.tokenizer(folder.path, maxTokens: 1000)
    let short = try EncoderFolder.tokenizer(folder.path, maxTokens: 7)
    for text in Self.texts {
      let ids = all.encode(text)
      #expect(short.encode(text) == (ids.count <= 7 ? ids : Array(ids.prefix(6)) + [3]))
    }
    #expect(throws: (any Error).self) { try EncoderFolder.tokenizer(folder.path, maxTokens: 2) }
  }

  /// The vocabulary by itself and the settings of the class that reads it make the same tokenizer.
  @Test func olderFilesMakeTheSameTokens() throws {
    struct File: Decodable {
      struct Model: Decodable { let vocab: [String: Int] }
      let model: Model
    }
    let vocabulary = Self.decode(File.self, TokenGoldens.cased).model.vocab.sorted { $0.value < $1.value }
    #expect(vocabulary.map(\.value) == Array(0..<vocabulary.count))
    let lines = vocabulary.map(\.key).joined(separator: "\r\n") + "\n"
    let folder = try TemporaryFolder([
      "vocab.txt": Array(lines.utf8), "tokenizer_config.json": Array(#"{"do_lower_case": false}"#.utf8),
    ])
    let tokenizer = try EncoderFolder.tokenizer(folder.path, maxTokens: 1000)
    // The two words that were added to the other are not in the vocabulary.
    for (text, ids) in zip(Self.texts, Self.decode([[Int32]].self, TokenGoldens.casedIDs))
    where ids.allSatisfy({ Int($0) < vocabulary.count }) {
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
    }
  }

  @Test func pairsInTwoFilesMakeTheSameTokens() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(TokenGoldens.bytePairs.utf8)) as? [String: Any])
    let model = try #require(object["model"] as? [String: Any])
    var vocabulary = try #require(model["vocab"] as? [String: Int])
    vocabulary["<mask>"] = vocabulary.count
    let merges = try #require(model["merges"] as? [[String]])
    let folder = try TemporaryFolder([
      "vocab.json": Array(try JSONSerialization.data(withJSONObject: vocabulary)),
      "merges.txt": Array(
        ("#version: 0.2\n" + merges.map { $0.joined(separator: " ") }.joined(separator: "\n") + "\n").utf8),
    ])
    let tokenizer = try EncoderFolder.tokenizer(folder.path, maxTokens: 1000)
    for (text, ids) in zip(Self.texts, Self.decode([[Int32]].self, TokenGoldens.bytePairsIDs)) {
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
    }
  }

  /// A word of a hundred thousand bytes is no square of it.
  @Test func aLongWordIsJoinedInTime() throws {
    let folder = try TemporaryFolder(["tokenizer.json": Array(TokenGoldens.bytePairs.utf8)])
    let tokenizer = try EncoderFolder.tokenizer(folder.path, maxTokens: 1 << 20)
    let one = tokenizer.encode("thethethethe").dropFirst().dropLast()
    let many = tokenizer.encode(String(repeating: "the", count: 40_000)).dropFirst().dropLast()
    #expect(many.count == one.count * 10_000)
  }

  @Test(arguments: [
    (#""type": "WordPiece""#, #""type": "Unigram""#, "Unigram"),
    (#""type": "BertNormalizer""#, #""type": "Precompiled""#, "Precompiled"),
    (#""type": "BertPreTokenizer""#, #""type": "Metaspace""#, "Metaspace"),
    (#""type": "TemplateProcessing""#, #""type": "Odd""#, "Odd"),
    (#""unk_token": "[UNK]""#, #""unk_token": "[GONE]""#, "[GONE]"),
    (#""[UNK]": 1"#, #""[UNK]": -1"#, "number"),
    (#""[UNK]": 1"#, #""[UNK]": 1e300"#, "number"),
    (#"{"id": 0, "content""#, #"{"id": 0.5, "content""#, "id"),
  ]) func whatIsNotSupportedIsNamed(_ old: String, _ new: String, _ reason: String) throws {
    let text = TokenGoldens.uncased.replacingOccurrences(of: old, with: new)
    #expect(text != TokenGoldens.uncased)
    let folder = try TemporaryFolder(["tokenizer.json": Array(text.utf8)])
    #expect {
      _ = try EncoderFolder.tokenizer(folder.path, maxTokens: 100)
    } throws: { "\($0)".contains(reason) }
  }
}

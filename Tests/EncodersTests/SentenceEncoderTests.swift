import Encoders
import Features
import Formats
import Foundation
import Model
import Numerics
import Testing

@Suite struct SentenceEncoderTests {
  static let texts = [
    "the quick brown fox", "the film was not bad and the film was not good", "", "fox", "  the lazy dog \n",
    "unwanted running, naïve café!", String(repeating: "the lazy dog ", count: 30), "the quick brown fox",
  ]

  static func dataset(_ texts: [String]) -> Dataset {
    var dataset = Dataset(
      name: "made-up", modality: .text, count: texts.count, classes: [], labels: [],
      ids: StringColumn(texts.indices.map { "s\($0)" }), payloads: NoPayloads(), digest: .zero)
    dataset.texts = StringColumn(texts)
    return dataset
  }

  static func vectors(
    _ encoder: any SampleEncoder, _ texts: [String], threads: Int = 1
  ) throws -> [[Float]] {
    let matrix = try encoder.features(
      of: dataset(texts), workers: Workers(threads: threads), progress: { _ in }, checkCancellation: {})
    #expect(matrix.columns == encoder.dimensions && matrix.rows == texts.count)
    return (0..<matrix.rows).map { matrix.row($0) }
  }

  private static func expect(_ vectors: [[Float]], equal expected: [[Double]], within limit: Double = 1e-4) {
    for (vector, expected) in zip(vectors, expected) {
      #expect(vector.count == expected.count)
      for (value, expected) in zip(vector, expected) { #expect(abs(Double(value) - expected) <= limit) }
    }
  }

  private static func mean(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.map { index in rows.reduce(0) { $0 + $1[index] } / Double(rows.count) }
  }

  private static func normalized(_ row: [Double]) -> [Double] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return row.map { $0 / length }
  }

  @Test(arguments: [
    ("bert", TokenGoldens.uncased, "", "gelu"), ("bert", TokenGoldens.cased, "bert.", "gelu_new"),
    ("roberta", TokenGoldens.bytePairs, "roberta.", "gelu"),
  ]) func vectorsAreThoseOfTheOracle(
    _ family: String, _ tokenizer: String, _ prefix: String, _ activation: String
  ) throws {
    let model = try TinySentenceModel(family, tokenizer: tokenizer, prefix: prefix, activation: activation)
    let encoder = try EncoderFolder.open(model.folder.path)
    let places = family == "roberta" ? 38 : 40
    let tokens = try EncoderFolder.tokenizer(model.folder.path, maxTokens: places)
    let expected = Self.texts.map { text in
      let stripped = text.trimmingCharacters(in: .whitespacesAndNewlines)
      return Self.normalized(Self.mean(model.states(tokens.encode(stripped))))
    }
    Self.expect(try Self.vectors(encoder, Self.texts), equal: expected)
    #expect(encoder.identity.summary == "\(family), 2 layers, mean of the tokens, at most \(places) tokens")
  }

  @Test func tokensArePooledAsTheFolderSays() throws {
    let model = try TinySentenceModel(
      pooling: ["pooling_mode_max_tokens", "pooling_mode_cls_token", "pooling_mode_mean_sqrt_len_tokens"],
      normalizes: false)
    let encoder = try EncoderFolder.open(model.folder.path)
    let tokens = try EncoderFolder.tokenizer(model.folder.path, maxTokens: 40)
    let texts = Array(Self.texts.prefix(4))
    let expected = texts.map { text -> [Double] in
      let states = model.states(tokens.encode(text))
      let root = Double(states.count).squareRoot()
      return states[0] + states[0].indices.map { index in states.map { $0[index] }.max() ?? 0 }
        + Self.mean(states).map { $0 * root }
    }
    Self.expect(try Self.vectors(encoder, texts), equal: expected, within: 1e-3)
  }

  /// A plain model of Hugging Face, without the files of sentence-transformers.
  @Test func withoutModulesTheMeanStandsIn() throws {
    let model = try TinySentenceModel(pooling: nil)
    let tokens = try EncoderFolder.tokenizer(model.folder.path, maxTokens: 40)
    let expected = [Self.mean(model.states(tokens.encode("the fox")))]
    Self.expect(try Self.vectors(EncoderFolder.open(model.folder.path), ["the fox"]), equal: expected)
  }

  @Test func aPromptAndAShorterLengthAreHeeded() throws {
    let model = try TinySentenceModel()
    try model.folder.write("sentence_bert_config.json", #"{"max_seq_length": 6}"#)
    try model.folder.write(
      "config_sentence_transformers.json", #"{"prompts": {"query": "the "}, "default_prompt_name": "query"}"#)
    let tokens = try EncoderFolder.tokenizer(model.folder.path, maxTokens: 6)
    let expected = [
      Self.normalized(Self.mean(model.states(tokens.encode("the quick brown fox and the dog"))))
    ]
    let encoder = try EncoderFolder.open(model.folder.path)
    Self.expect(try Self.vectors(encoder, ["quick brown fox and the dog"]), equal: expected)
  }

  @Test func theTransformerMayLieInAFolderOfItsOwn() throws {
    let model = try TinySentenceModel()
    let path = model.folder.path
    let before = try Self.vectors(
      EncoderFolder.open(path), ["the quick brown fox and the lazy dog", "the fox"])
    for name in ["config.json", "model.safetensors", "tokenizer.json"] {
      let content = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
      try model.folder.write("0_Transformer/" + name, content)
      try model.folder.remove(name)
    }
    let modules = try String(contentsOfFile: path + "/modules.json", encoding: .utf8)
    try model.folder.write(
      "modules.json", modules.replacingOccurrences(of: #""path": """#, with: #""path": "0_Transformer""#))
    try model.folder.write("0_Transformer/sentence_bert_config.json", #"{"max_seq_length": 6}"#)
    let encoder = try EncoderFolder.open(path)
    #expect(encoder.identity.summary.hasSuffix("at most 6 tokens"))
    let after = try Self.vectors(encoder, ["the quick brown fox and the lazy dog", "the fox"])
    #expect(after[0] != before[0] && zip(after[1], before[1]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// Bit for bit: scores must not depend on either.
  @Test func neitherOrderNorThreadsChangeAValue() throws {
    let model = try TinySentenceModel()
    let encoder = try EncoderFolder.open(model.folder.path)
    let texts = (0..<150).map { String(repeating: "the film was bad ", count: $0 % 9) + "fox \($0 % 40)" }
    let one = try Self.vectors(encoder, texts)
    #expect(try Self.vectors(encoder, texts, threads: 3) == one)
    #expect(try Self.vectors(encoder, texts.reversed(), threads: 2) == one.reversed())
    for row in stride(from: 0, to: texts.count, by: 29) {
      let alone = try Self.vectors(encoder, [texts[row]])[0]
      for (a, b) in zip(alone, one[row]) { #expect(abs(a - b) <= 1e-6) }
    }
  }

  @Test func anotherWeightIsAnotherDigest() throws {
    let digests = try [TinySentenceModel(), TinySentenceModel(), TinySentenceModel(seed: 1)].map {
      try EncoderFolder.open($0.folder.path).identity.digest
    }
    #expect(digests[0] == digests[1] && digests[0] != digests[2])
  }

  @Test func whatIsInterruptedEnds() throws {
    let model = try TinySentenceModel()
    let encoder = try EncoderFolder.open(model.folder.path)
    #expect(throws: CancellationError.self) {
      try encoder.features(
        of: Self.dataset(Self.texts), workers: Workers(threads: 2), progress: { _ in },
        checkCancellation: { throw CancellationError() })
    }
  }

  @Test(arguments: [
    ("config.json", #""model_type": "bert""#, #""model_type": "t5""#, "'t5' is not supported"),
    ("config.json", #""hidden_act": "gelu""#, #""hidden_act": "swiglu""#, "swiglu"),
    ("config.json", #""num_attention_heads": 3"#, #""num_attention_heads": 5"#, "does not divide"),
    ("config.json", #""num_hidden_layers": 2"#, #""num_hidden_layers": 3"#, "encoder.layer.2"),
    ("config.json", #""intermediate_size": 40"#, #""intermediate_size": 41"#, "has the shape"),
    ("config.json", #""hidden_size": 24"#, #""hidden_size": 1e99"#, "whole number"),
    ("config.json", #""vocab_size": 400"#, #""vocab_size": 401"#, "has the shape"),
    ("config.json", #""pad_token_id": 1"#, #""position_embedding_type": "relative_key""#, "not supported"),
    ("modules.json", #""path": "1_Pooling""#, #""path": "../x""#, "no name of a folder"),
    ("modules.json", #""path": "1_Pooling""#, #""path": "/etc""#, "no name of a folder"),
    ("modules.json", "models.Normalize", "models.Dense", "Dense"),
    ("1_Pooling/config.json", "pooling_mode_mean_tokens", "pooling_mode_lasttoken", "not supported"),
    ("tokenizer.json", #""[PAD]": 0"#, #""[PAD]": 400"#, "the model knows 400"),
  ]) func whatIsNotSupportedIsNamed(_ file: String, _ old: String, _ new: String, _ reason: String) throws {
    let model = try TinySentenceModel()
    let text = try String(contentsOfFile: model.folder.path + "/" + file, encoding: .utf8)
    let changed = text.replacingOccurrences(of: old, with: new)
    #expect(changed != text)
    try model.folder.write(file, changed)
    #expect {
      _ = try EncoderFolder.open(model.folder.path)
    } throws: { "\($0)".contains(reason) }
  }

  @Test(arguments: ["config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
  func whatIsMissingIsNamed(_ file: String) throws {
    let model = try TinySentenceModel()
    try model.folder.remove(file)
    #expect {
      _ = try EncoderFolder.open(model.folder.path)
    } throws: { error in
      let known = error as? FormatError
      return known?.file == file && known?.kind == .notFound
    }
  }
}

/// Told apart by their rows.
struct NoPayloads: PayloadSource {
  func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(PayloadProblem(reason: "none")) }
  func contentDigest(at row: Int) -> Digest {
    withUnsafeBytes(of: row.littleEndian) { SHA256.digest(of: $0) }
  }
}

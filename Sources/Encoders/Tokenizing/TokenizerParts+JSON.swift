import Formats

/// `tokenizer.json` of Hugging Face's tokenizers, as far as it says WordPiece or byte-level BPE; whatever else would
/// change the tokens is refused by its name.
extension TokenizerParts {
  init(_ root: Settings) throws(FormatError) {
    guard let model = try root.object("model") else { throw root.problem("model", "is not there") }
    let normalizer = try root.object("normalizer").map { part throws(FormatError) in
      Normalizer(steps: try Self.steps(part))
    }
    let words = try Self.words(root)
    // Before types were written, each model could be told by its members.
    let type = try model.string("type") ?? (model["merges"] == nil ? "WordPiece" : "BPE")
    let pieces: WordPieces
    switch type {
    case "WordPiece": pieces = .longestMatch(try Self.longestMatch(model))
    case "BPE": pieces = .bytePairs(try Self.bytePairs(model))
    default: throw root.problem("model", "'\(type)' is not supported; WordPiece and byte-level BPE are")
    }
    switch (pieces, words) {
    case (.longestMatch, .bert), (.bytePairs, .byteLevel): break
    default: throw root.problem("pre_tokenizer", "does not go with the model \(type) here")
    }
    self.init(normalizer: normalizer ?? Normalizer(), words: words, pieces: pieces)
    for value in try root.array("added_tokens") ?? [] {
      added.append(try Self.token(Settings(file: root.file, value: value)))
    }
    if let template = try root.object("post_processor") { try take(template) }
  }

  private static func token(_ settings: Settings) throws(FormatError) -> AddedTokens.Token {
    guard let content = try settings.string("content") else {
      throw settings.problem("added_tokens", "one has no content")
    }
    return AddedTokens.Token(
      bytes: Array(content.utf8), id: Int32(try settings.required("id", in: 0...Int(Int32.max - 1))),
      isWord: try settings.bool("single_word") ?? false, takesBefore: try settings.bool("lstrip") ?? false,
      takesBehind: try settings.bool("rstrip") ?? false,
      isNormalized: try settings.bool("normalized") ?? false)
  }

  private static func steps(_ part: Settings) throws(FormatError) -> [Normalizer.Step] {
    let type = try part.string("type") ?? ""
    switch type {
    case "Sequence":
      var steps: [Normalizer.Step] = []
      for value in try part.array("normalizers") ?? [] {
        steps += try Self.steps(Settings(file: part.file, value: value))
      }
      return steps
    case "BertNormalizer":
      let lowercases = try part.bool("lowercase") ?? true
      return [
        .bert(
          BertNormalizer(
            cleans: try part.bool("clean_text") ?? true,
            separatesIdeographs: try part.bool("handle_chinese_chars") ?? true,
            stripsAccents: try part.bool("strip_accents") ?? lowercases, lowercases: lowercases))
      ]
    case "Lowercase": return [.lowercase]
    case "NFC": return [.nfc]
    case "NFD": return [.nfd]
    case "NFKC": return [.nfkc]
    case "NFKD": return [.nfkd]
    default: throw part.problem("normalizer", "'\(type)' is not supported")
    }
  }

  private static func words(_ root: Settings) throws(FormatError) -> WordSplitter {
    guard var part = try root.object("pre_tokenizer") else {
      throw root.problem("pre_tokenizer", "is not there")
    }
    if try part.string("type") == "Sequence", let parts = try part.array("pretokenizers"), parts.count == 1 {
      part = Settings(file: root.file, value: parts[0])
    }
    let type = try part.string("type") ?? ""
    switch type {
    case "BertPreTokenizer": return .bert
    case "ByteLevel":
      return .byteLevel(
        addsBlank: try part.bool("add_prefix_space") ?? true, cuts: try part.bool("use_regex") ?? true)
    default: throw root.problem("pre_tokenizer", "'\(type)' is not supported")
    }
  }

  /// Of `{"token": number, ...}`.
  static func vocabulary(_ settings: Settings) throws(FormatError) -> [(name: String, id: Int32)] {
    guard case .object(let members) = settings.value else {
      throw FormatError(settings.file, "the vocabulary is no object of numbers by token")
    }
    var tokens: [(name: String, id: Int32)] = []
    tokens.reserveCapacity(members.count)
    for member in members {
      guard case .number(let number) = member.value, let id = Int32(exactly: number), id >= 0 else {
        throw settings.problem(member.name, "is no number of a token")
      }
      tokens.append((member.name, id))
    }
    return tokens
  }

  private static func longestMatch(_ model: Settings) throws(FormatError) -> LongestMatch {
    guard let object = try model.object("vocab") else { throw model.problem("vocab", "is not there") }
    let vocabulary = Vocabulary(try vocabulary(object).map { (Array($0.name.utf8), $0.id) })
    let name = try model.string("unk_token") ?? "[UNK]"
    guard let unknown = vocabulary[name] else {
      throw model.problem("unk_token", "'\(name)' is not in the vocabulary")
    }
    return LongestMatch(
      vocabulary: vocabulary, unknown: unknown,
      mark: Array((try model.string("continuing_subword_prefix") ?? "##").utf8),
      maxCharacters: try model.int("max_input_chars_per_word", in: 1...1 << 30) ?? 100)
  }

  private static func bytePairs(_ model: Settings) throws(FormatError) -> BytePairs {
    try model.require("continuing_subword_prefix", .string(""))
    try model.require("end_of_word_suffix", .string(""))
    try model.require("byte_fallback", .bool(false))
    try model.require("ignore_merges", .bool(false))
    guard let object = try model.object("vocab"), let merges = try model.array("merges") else {
      throw model.problem("vocab", "is not there, or the merges are not")
    }
    var pairs: [(String, String)] = []
    pairs.reserveCapacity(merges.count)
    for merge in merges {
      switch merge {
      case .string(let text):
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw model.problem("merges", "one is no pair of tokens") }
        pairs.append((String(parts[0]), String(parts[1])))
      case .array(let parts):
        guard parts.count == 2, case .string(let left) = parts[0], case .string(let right) = parts[1] else {
          throw model.problem("merges", "one is no pair of tokens")
        }
        pairs.append((left, right))
      default: throw model.problem("merges", "one is no pair of tokens")
      }
    }
    return try bytePairs(
      try vocabulary(object), merges: pairs, unknown: try model.string("unk_token"), file: model.file)
  }

  /// Of tokens and merges in the letters of GPT-2. A token that holds another letter comes out of no word.
  static func bytePairs(
    _ tokens: [(name: String, id: Int32)], merges: [(String, String)], unknown: String?, file: String
  ) throws(FormatError) -> BytePairs {
    var bytes: [(bytes: [UInt8], id: Int32)] = []
    for token in tokens {
      if let decoded = ByteAlphabet.decode(token.name) { bytes.append((decoded, token.id)) }
    }
    var pairs: [(left: [UInt8], right: [UInt8])] = []
    for (left, right) in merges {
      guard let left = ByteAlphabet.decode(left), let right = ByteAlphabet.decode(right) else {
        throw FormatError(file, at: "merges", "one holds letters that stand for no byte: no byte-level BPE")
      }
      pairs.append((left, right))
    }
    let id = unknown.flatMap { name in tokens.last { $0.name == name }?.id }
    switch BytePairs.make(Vocabulary(bytes), merges: pairs, unknown: id) {
    case .success(let model): return model
    case .failure(let failure):
      throw FormatError(file, at: "merge \(failure.rank)", "names a token that the vocabulary has not")
    }
  }
}

import Formats

/// The tokenizer of a folder: `tokenizer.json`, which says all, or the vocabulary of an older one with what
/// `tokenizer_config.json` says of it.
struct TokenizerFolder {
  /// What errors call it.
  let file: String
  /// As `tokenizer_config.json` has it.
  let maxTokens: Int?
  private let parts: TokenizerParts

  /// - Parameter folder: "", or its name with a slash behind it.
  init(_ files: inout EncoderFiles, in folder: String) throws(FormatError) {
    let configName = folder + "tokenizer_config.json"
    let config = Settings(
      file: configName, value: try files.jsonIfThere(configName) ?? .object([]))
    // Where no length was set, a number of thirty digits stands there.
    let length = try config.double("model_max_length")
    maxTokens = length.flatMap { (1...0x1p30).contains($0) ? Int($0) : nil }
    if let value = try files.jsonIfThere(folder + "tokenizer.json") {
      file = folder + "tokenizer.json"
      parts = try TokenizerParts(Settings(file: file, value: value))
    } else if let vocabulary = try files.fileIfThere(folder + "vocab.txt") {
      file = folder + "vocab.txt"
      parts = try TokenizerParts(wordPieces: vocabulary.bytes, config, name: file)
    } else if let merges = try files.fileIfThere(folder + "merges.txt") {
      file = folder + "merges.txt"
      let name = folder + "vocab.json"
      let vocabulary = Settings(file: name, value: try files.json(name))
      parts = try TokenizerParts(vocabulary, merges: merges.bytes, config, name: file)
    } else {
      throw FormatError(
        folder + "tokenizer.json",
        "is not there, nor vocab.txt, nor vocab.json with merges.txt: there is no tokenizer that can be read",
        kind: .notFound)
    }
  }

  func tokenizer(maxTokens: Int) throws(FormatError) -> Tokenizer {
    try Tokenizer(parts, maxTokens: maxTokens, file: file)
  }
}

extension Tokenizer {
  /// - Parameter json: a `tokenizer.json`; `name` is what errors call it.
  /// - Throws: `FormatError` where it is damaged, of a kind that is not supported, or leaves no room for a text.
  package init(json bytes: UnsafeRawBufferPointer, name: String, maxTokens: Int) throws(FormatError) {
    let settings = Settings(file: name, value: try EncoderFiles.parse(bytes, name))
    try self.init(TokenizerParts(settings), maxTokens: maxTokens, file: name)
  }

  init(_ parts: TokenizerParts, maxTokens: Int, file: String) throws(FormatError) {
    guard maxTokens > parts.prefix.count + parts.suffix.count else {
      throw FormatError(file, "\(maxTokens) tokens leave no room for a text")
    }
    let added = parts.added.map { token in
      guard token.isNormalized else { return token }
      var token = token
      token.bytes = Array(parts.normalizer.apply(String(decoding: token.bytes, as: UTF8.self)).utf8)
      return token
    }
    self.init(
      added: AddedTokens(added), normalizer: parts.normalizer, words: parts.words, pieces: parts.pieces,
      prefix: parts.prefix, suffix: parts.suffix, maxTokens: maxTokens)
  }
}

/// What makes a tokenizer, wherever it was read from.
struct TokenizerParts {
  var added: [AddedTokens.Token] = []
  var normalizer = Normalizer()
  var words = WordSplitter.bert
  var pieces: WordPieces
  var prefix: [Int32] = []
  var suffix: [Int32] = []
}

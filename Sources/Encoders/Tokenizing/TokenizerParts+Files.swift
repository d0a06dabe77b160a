import Formats

/// Vocabularies without a `tokenizer.json`, with what the classes of Hugging Face's transformers add to them.
extension TokenizerParts {
  /// `vocab.txt` of BERT: a token a line, its number that of the line from 0.
  init(wordPieces bytes: UnsafeRawBufferPointer, _ config: Settings, name: String) throws(FormatError) {
    let tokens = Self.lines(bytes).enumerated().map { (bytes: $1, id: Int32($0)) }
    let vocabulary = Vocabulary(tokens)
    func id(_ member: String, _ standard: String) throws(FormatError) -> Int32 {
      let token = try Self.name(of: member, config) ?? standard
      guard let id = vocabulary[token] else { throw FormatError(name, "has no token '\(token)'") }
      return id
    }
    let unknown = try id("unk_token", "[UNK]")
    let lowercases = try config.bool("do_lower_case") ?? true
    self.init(
      normalizer: Normalizer(steps: [
        .bert(
          BertNormalizer(
            separatesIdeographs: try config.bool("tokenize_chinese_chars") ?? true,
            stripsAccents: try config.bool("strip_accents") ?? lowercases, lowercases: lowercases))
      ]),
      words: .bert,
      pieces: .longestMatch(
        LongestMatch(vocabulary: vocabulary, unknown: unknown, mark: Array("##".utf8), maxCharacters: 100)),
      prefix: [try id("cls_token", "[CLS]")], suffix: [try id("sep_token", "[SEP]")])
    let special = [
      ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"),
      ("mask_token", "[MASK]"),
    ]
    for (member, standard) in special {
      let token = try Self.name(of: member, config) ?? standard
      if let id = vocabulary[token] { added.append(.init(bytes: Array(token.utf8), id: id)) }
    }
  }

  /// `vocab.json` and `merges.txt` of RoBERTa: in the latter a pair a line, the first learnt first.
  init(
    _ vocabulary: Settings, merges bytes: UnsafeRawBufferPointer, _ config: Settings, name: String
  ) throws(FormatError) {
    let tokens = try Self.vocabulary(vocabulary)
    var pairs: [(String, String)] = []
    for (number, line) in Self.lines(bytes).enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      if text.isEmpty || number == 0 && text.hasPrefix("#version") { continue }
      let parts = text.split(separator: " ")
      guard parts.count == 2 else {
        throw FormatError(name, at: "line \(number + 1)", "is no pair of tokens")
      }
      pairs.append((String(parts[0]), String(parts[1])))
    }
    func id(_ member: String, _ standard: String) throws(FormatError) -> Int32 {
      let token = try Self.name(of: member, config) ?? standard
      guard let id = tokens.last(where: { $0.name == token })?.id else {
        throw FormatError(vocabulary.file, "has no token '\(token)'")
      }
      return id
    }
    self.init(
      words: .byteLevel(addsBlank: try config.bool("add_prefix_space") ?? false, cuts: true),
      pieces: .bytePairs(try Self.bytePairs(tokens, merges: pairs, unknown: nil, file: name)),
      prefix: [try id("cls_token", "<s>")], suffix: [try id("sep_token", "</s>")])
    for token in ["<s>", "<pad>", "</s>", "<unk>", "<mask>"] {
      guard let id = tokens.last(where: { $0.name == token })?.id else { continue }
      added.append(.init(bytes: Array(token.utf8), id: id, takesBefore: token == "<mask>"))
    }
  }

  /// A special token is a string, or an object that says more of it.
  private static func name(of member: String, _ config: Settings) throws(FormatError) -> String? {
    if case .object? = config[member] { return try config.object(member)?.string("content") }
    return try config.string(member)
  }

  /// Without the ends of lines; the last is not empty.
  private static func lines(_ bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...])
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

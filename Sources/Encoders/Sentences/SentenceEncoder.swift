import Features
import Formats
import Model
import Numerics
import Synchronization

/// Texts to vectors: tokens, transformer, pooling, and where the model asks for it length 1.
///
/// Texts of the same tokens are encoded once. Batches are cut from the texts in order of their length and tokens, so
/// that neither the order of the samples nor the number of threads changes a value; nothing is padded, so that the
/// texts beside it change one by the rounding of a product at most.
package struct SentenceEncoder: SampleEncoder {
  package let identity: EncoderIdentity
  package let dimensions: Int
  let tokenizer: Tokenizer
  private let transformer: TextTransformer
  private let folder: SentenceFolder
  /// Before every text, as some models were trained.
  private let prompt: String
  private let lowercases: Bool

  /// Of all texts of a batch: what its matrices take stays in a cache of some MB.
  private static let batchTokens = 512

  init(
    _ files: inout EncoderFiles, _ folder: SentenceFolder, _ config: Settings,
    _ family: TextTransformer.Family,
    name: String
  ) throws(FormatError) {
    self.folder = folder
    let weightsName = folder.transformer + "model.safetensors"
    transformer = try TextTransformer(
      family, config, weights: files.safetensors(weightsName), name: weightsName)
    let sentenceName = folder.transformer + "sentence_bert_config.json"
    let sentence = try files.jsonIfThere(sentenceName).map { Settings(file: sentenceName, value: $0) }
    lowercases = try sentence?.bool("do_lower_case") ?? false
    prompt = try Self.prompt(&files)
    let found = try TokenizerFolder(&files, in: folder.transformer)
    let wanted =
      try sentence?.int("max_seq_length", in: 1...1 << 30) ?? found.maxTokens ?? transformer.maxTokens
    tokenizer = try found.tokenizer(maxTokens: min(wanted, transformer.maxTokens))
    guard tokenizer.largestID < transformer.vocabularySize else {
      throw FormatError(
        found.file, "has the token \(tokenizer.largestID), the model knows \(transformer.vocabularySize)")
    }
    dimensions = folder.pooling.modes.count * transformer.config.hidden
    identity = EncoderIdentity(
      name: name,
      summary: "\(family.rawValue), \(transformer.config.layers) layers, "
        + folder.pooling.modes.map(\.words).joined(separator: " and ")
        + ", at most \(tokenizer.maxTokens) tokens",
      digest: files.digest.hex)
  }

  private static func prompt(_ files: inout EncoderFiles) throws(FormatError) -> String {
    let file = "config_sentence_transformers.json"
    guard let value = try files.jsonIfThere(file) else { return "" }
    let settings = Settings(file: file, value: value)
    guard let name = try settings.string("default_prompt_name") else { return "" }
    guard let prompt = try settings.object("prompts")?.string(name) else {
      throw settings.problem("default_prompt_name", "'\(name)' is none of the prompts")
    }
    return prompt
  }

  package func gap(in dataset: Dataset) -> String? {
    dataset.texts?.count == dataset.count
      ? nil : "\(identity.name) encodes texts, and the dataset has none"
  }

  package func features(
    of dataset: Dataset, workers: Workers, progress: @escaping @Sendable (Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> Matrix {
    let texts = dataset.texts ?? StringColumn([])
    let tokens = try workers.map(count: texts.count, blockSize: 256) { range in
      try checkCancellation()
      return range.map { self.tokens(of: texts[$0]) }
    }.flatMap { $0 }
    let encoded = try encode(
      tokens, workers: workers, progress: progress, checkCancellation: checkCancellation)
    return Matrix(rows: texts.count, columns: dimensions, values: encoded)
  }

  /// As `sentence-transformers` prepares a text.
  private func tokens(of text: String) -> [Int32] {
    let whole = prompt + text
    let scalars = whole.unicodeScalars
    var stripped = String(String.UnicodeScalarView(scalars.drop(while: Self.isSpace)))
    while let last = stripped.unicodeScalars.last, Self.isSpace(last) { stripped.unicodeScalars.removeLast() }
    return tokenizer.encode(lowercases ? stripped.lowercased() : stripped)
  }

  /// What `str.strip` of Python takes away.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  private func encode(
    _ tokens: [[Int32]], workers: Workers, progress: @escaping @Sendable (Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> [Float] {
    let (distinct, places) = Self.distinct(tokens)
    let batches = Self.batches(distinct.map(\.count))
    let done = Atomic<Int>(0)
    let vectors = try workers.map(count: batches.count, blockSize: 1) { range in
      try checkCancellation()
      let texts = Array(distinct[batches[range.lowerBound]])
      let result = embeddings(of: texts)
      let sofar = done.add(texts.count, ordering: .relaxed).newValue
      progress(Double(sofar) / Double(distinct.count))
      return result
    }.flatMap { $0 }
    var values: [Float] = []
    values.reserveCapacity(tokens.count * dimensions)
    for place in places { values += vectors[place * dimensions..<(place + 1) * dimensions] }
    return values
  }

  /// Texts by length and tokens, each once, and which of them every row is.
  private static func distinct(_ tokens: [[Int32]]) -> (texts: [[Int32]], places: [Int]) {
    let order = tokens.indices.sorted { a, b in
      let (a, b) = (tokens[a], tokens[b])
      return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
    }
    var texts: [[Int32]] = []
    var places = [Int](repeating: 0, count: tokens.count)
    for row in order {
      if texts.last != tokens[row] { texts.append(tokens[row]) }
      places[row] = texts.count - 1
    }
    return (texts, places)
  }

  private static func batches(_ lengths: [Int]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (start, total) = (0, 0)
    for (index, length) in lengths.enumerated() {
      if index > start, total + length > batchTokens {
        batches.append(start..<index)
        (start, total) = (index, 0)
      }
      total += length
    }
    if start < lengths.count { batches.append(start..<lengths.count) }
    return batches
  }

  /// [texts, dimensions]
  private func embeddings(of texts: [[Int32]]) -> [Float] {
    let states = transformer.apply(texts)
    let width = transformer.config.hidden
    var start = 0
    return texts.flatMap { text -> [Float] in
      let own = states[start..<start + text.count * width]
      start += text.count * width
      let vector =
        text.isEmpty ? [Float](repeating: 0, count: dimensions) : folder.pooling.apply(own, width: width)
      return folder.normalizes ? Self.normalized(vector) : vector
    }
  }

  private static func normalized(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / max(length, 1e-12) }
  }
}

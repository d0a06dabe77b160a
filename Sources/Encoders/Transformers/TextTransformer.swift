import Formats
import Model
import Numerics

/// BERT and what is made like it (RoBERTa, XLM-RoBERTa, CamemBERT, DistilBERT): tokens to a vector each.
struct TextTransformer: Sendable {
  let family: Family
  let config: TransformerConfig
  /// Tokens of the vocabulary.
  let vocabularySize: Int
  /// The longest sequence.
  let maxTokens: Int
  /// [tokens, H]
  private let words: Column<Float>
  /// [positions, H]
  private let positions: Column<Float>
  /// Of the first kind of token, which a text by itself has: [H], or nothing.
  private let kind: Column<Float>?
  private let norm: LayerNorm
  private let layers: [TransformerLayer]

  enum Family: String, Sendable, CaseIterable {
    case bert
    case roberta
    case xlmRoberta = "xlm-roberta"
    case camembert
    case distilBERT = "distilbert"

    /// Whether the first token stands at the position behind that of the padding.
    var countsFromPadding: Bool { self == .roberta || self == .xlmRoberta || self == .camembert }
  }

  init(
    _ family: Family, _ settings: Settings, weights file: SafetensorsFile, name: String
  ) throws(FormatError) {
    self.family = family
    try settings.require("position_embedding_type", .string("absolute"))
    var names = TransformerConfig.Names()
    if family == .distilBERT {
      names = .init(
        hidden: "dim", layers: "n_layers", heads: "n_heads", intermediate: "hidden_dim",
        activation: "activation", epsilon: nil)
    }
    config = try TransformerConfig(settings, names: names)
    let weights = try Weights(file, anchor: "embeddings.word_embeddings.weight", name: name)
    vocabularySize = try settings.required("vocab_size", in: 1...1 << 24)
    words = try weights.values("embeddings.word_embeddings.weight", vocabularySize, config.hidden)
    let places = try settings.required("max_position_embeddings", in: 1...1 << 20)
    let all = try weights.values("embeddings.position_embeddings.weight", places, config.hidden)
    let padding = family.countsFromPadding ? try settings.int("pad_token_id", in: 0...places) ?? 1 : -1
    maxTokens = places - padding - 1
    guard maxTokens > 0 else { throw settings.problem("pad_token_id", "leaves no positions") }
    positions = Column(Array(all[((padding + 1) * config.hidden)...]))
    if family == .distilBERT {
      kind = nil
    } else {
      let kinds = try settings.int("type_vocab_size", in: 1...1024) ?? 2
      kind = try weights.values("embeddings.token_type_embeddings.weight", kinds, config.hidden)
    }
    norm = try weights.norm("embeddings.LayerNorm", width: config.hidden, epsilon: config.epsilon)
    let (layerNames, prefix) =
      family == .distilBERT ? (LayerNames.distilBERT, "transformer.layer") : (.bert, "encoder.layer")
    var layers: [TransformerLayer] = []
    for index in 0..<config.layers {
      layers.append(try layerNames.layer("\(prefix).\(index)", of: weights, config, normPlace: .after))
    }
    self.layers = layers
  }

  /// The last hidden state: [tokens, H], the texts one behind the other.
  /// - Parameter texts: at most `maxTokens` tokens each, every one below `vocabularySize`.
  func apply(_ texts: [[Int32]]) -> [Float] {
    var sequences: [Range<Int>] = []
    for text in texts {
      let start = sequences.last?.upperBound ?? 0
      sequences.append(start..<start + text.count)
    }
    let rows = sequences.last?.upperBound ?? 0
    var states = [Float](repeating: 0, count: rows * config.hidden)
    let space = WorkSpace(
      rows: rows, longest: texts.map(\.count).max() ?? 0, width: config.hidden, wide: config.intermediate)
    states.withUnsafeMutableBufferPointer { states in
      guard let x = states.baseAddress else { return }
      for (text, sequence) in zip(texts, sequences) {
        embed(text, to: x + sequence.lowerBound * config.hidden)
      }
      norm.apply(x, rows: rows, to: x)
      for layer in layers { layer.apply(x, sequences: sequences, in: space) }
    }
    return states
  }

  private func embed(_ text: [Int32], to target: UnsafeMutablePointer<Float>) {
    let width = config.hidden
    for (place, token) in text.enumerated() {
      for index in 0..<width {
        target[place * width + index] =
          words[Int(token) * width + index] + positions[place * width + index] + (kind?[index] ?? 0)
      }
    }
  }
}

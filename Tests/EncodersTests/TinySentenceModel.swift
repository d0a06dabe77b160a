/// A sentence encoder of a few thousand random weights, as a folder, and what it makes of tokens by the oracle.
struct TinySentenceModel {
  let folder: TemporaryFolder
  let naive: NaiveTransformer
  let family: String
  private static let (hidden, wide, heads, layers, tokens, places) = (24, 40, 3, 2, 400, 40)

  /// - Parameters:
  ///   - family: bert or roberta.
  ///   - pooling: the members of `1_Pooling/config.json` that are true; nil for no `modules.json`.
  init(
    _ family: String = "bert", tokenizer: String = TokenGoldens.uncased, prefix: String = "",
    activation: String = "gelu", pooling: [String]? = ["pooling_mode_mean_tokens"], normalizes: Bool = true,
    seed: Int = 0
  ) throws {
    self.family = family
    var tensors = TensorWriter()
    let hidden = Self.hidden
    tensors.add("embeddings.word_embeddings.weight", Self.tokens, hidden, mean: Double(seed) / 10)
    tensors.add("embeddings.position_embeddings.weight", Self.places, hidden)
    tensors.add("embeddings.token_type_embeddings.weight", 2, hidden)
    tensors.addNorm("embeddings.LayerNorm", hidden)
    for layer in 0..<Self.layers {
      let name = "encoder.layer.\(layer)"
      for part in ["query", "key", "value"] {
        tensors.addLinear("\(name).attention.self.\(part)", hidden, hidden)
      }
      tensors.addLinear("\(name).attention.output.dense", hidden, hidden)
      tensors.addNorm("\(name).attention.output.LayerNorm", hidden)
      tensors.addLinear("\(name).intermediate.dense", Self.wide, hidden)
      tensors.addLinear("\(name).output.dense", hidden, Self.wide)
      tensors.addNorm("\(name).output.LayerNorm", hidden)
    }
    naive = NaiveTransformer(
      tensors: tensors, heads: Self.heads, epsilon: 1e-5,
      activation: { activation == "gelu" ? NaiveTransformer.gelu($0) : NaiveTransformer.geluNew($0) })
    folder = try TemporaryFolder()
    try folder.write("model.safetensors", tensors.file(prefix: prefix))
    try folder.write("tokenizer.json", tokenizer)
    try folder.write(
      "config.json",
      """
      {"model_type": "\(family)", "hidden_size": \(hidden), "num_hidden_layers": \(Self.layers), "vocab_size": \(Self.tokens),
       "num_attention_heads": \(Self.heads), "intermediate_size": \(Self.wide), "hidden_act": "\(activation)", "pad_token_id": 1,
       "layer_norm_eps": 1e-5, "max_position_embeddings": \(Self.places), "type_vocab_size": 2}
      """)
    guard let pooling else { return }
    let modules =
      [("Transformer", ""), ("Pooling", "1_Pooling")] + (normalizes ? [("Normalize", "2_Normalize")] : [])
    let list = modules.map { #"{"type": "sentence_transformers.models.\#($0)", "path": "\#($1)"}"# }
    try folder.write("modules.json", "[\(list.joined(separator: ", "))]")
    let modes = pooling.map { "\"\($0)\": true" }.joined(separator: ", ")
    try folder.write("1_Pooling/config.json", "{\(modes)}")
  }

  /// The last state of each token.
  func states(_ ids: [Int32]) -> [[Double]] {
    let width = Self.hidden
    let first = family == "roberta" ? 2 : 0
    var x = ids.enumerated().map { place, id in
      let parts = [
        naive.row("embeddings.word_embeddings.weight", Int(id), width: width),
        naive.row("embeddings.position_embeddings.weight", place + first, width: width),
        naive.row("embeddings.token_type_embeddings.weight", 0, width: width),
      ]
      return (0..<width).map { index in parts.reduce(0) { $0 + $1[index] } }
    }
    x = naive.norm("embeddings.LayerNorm", x)
    for layer in 0..<Self.layers { x = naive.bertLayer("encoder.layer.\(layer)", x) }
    return x
  }
}

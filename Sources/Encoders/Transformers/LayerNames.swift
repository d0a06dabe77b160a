import Formats

/// What the parts of a layer are called in the weights of a family.
struct LayerNames {
  let query: String
  let key: String
  let value: String
  let mixed: String
  let attentionNorm: String
  let up: String
  let down: String
  let outputNorm: String

  /// Of BERT, RoBERTa and those made like them.
  static let bert = LayerNames(
    query: "attention.self.query", key: "attention.self.key", value: "attention.self.value",
    mixed: "attention.output.dense", attentionNorm: "attention.output.LayerNorm", up: "intermediate.dense",
    down: "output.dense", outputNorm: "output.LayerNorm")

  static let distilBERT = LayerNames(
    query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin", mixed: "attention.out_lin",
    attentionNorm: "sa_layer_norm", up: "ffn.lin1", down: "ffn.lin2", outputNorm: "output_layer_norm")

  static let visionTransformer = LayerNames(
    query: "attention.attention.query", key: "attention.attention.key", value: "attention.attention.value",
    mixed: "attention.output.dense", attentionNorm: "layernorm_before", up: "intermediate.dense",
    down: "output.dense", outputNorm: "layernorm_after")

  /// - Parameter prefix: of the layer, with its number: "encoder.layer.0".
  func layer(
    _ prefix: String, of weights: Weights, _ config: TransformerConfig, normPlace: TransformerLayer.NormPlace
  ) throws(FormatError) -> TransformerLayer {
    let width = config.hidden
    func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(FormatError) -> Linear {
      try weights.linear(prefix + "." + name, inputs: inputs, outputs: outputs)
    }
    func norm(_ name: String) throws(FormatError) -> LayerNorm {
      try weights.norm(prefix + "." + name, width: width, epsilon: config.epsilon)
    }
    return TransformerLayer(
      projections: Linear(joining: [
        try linear(query, width, width), try linear(key, width, width), try linear(value, width, width),
      ]),
      mixed: try linear(mixed, width, width), attentionNorm: try norm(attentionNorm),
      up: try linear(up, width, config.intermediate), down: try linear(down, config.intermediate, width),
      outputNorm: try norm(outputNorm), heads: config.heads, activation: config.activation,
      normPlace: normPlace)
  }
}

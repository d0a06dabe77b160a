import Formats

/// The sizes of a transformer, as `config.json` of its family has them.
struct TransformerConfig: Sendable {
  let hidden: Int
  let layers: Int
  let heads: Int
  let intermediate: Int
  let activation: Activation
  let epsilon: Float

  /// Names of the members, which differ between families.
  struct Names {
    var hidden = "hidden_size"
    var layers = "num_hidden_layers"
    var heads = "num_attention_heads"
    var intermediate = "intermediate_size"
    var activation = "hidden_act"
    var epsilon: String? = "layer_norm_eps"
  }

  init(_ settings: Settings, names: Names = Names()) throws(FormatError) {
    hidden = try settings.required(names.hidden, in: 1...1 << 14)
    layers = try settings.required(names.layers, in: 1...256)
    heads = try settings.required(names.heads, in: 1...1024)
    intermediate = try settings.required(names.intermediate, in: 1...1 << 17)
    guard hidden % heads == 0 else {
      throw settings.problem(names.heads, "does not divide the hidden size, \(hidden)")
    }
    let name = try settings.string(names.activation) ?? "gelu"
    guard let activation = Activation(rawValue: name) else {
      throw settings.problem(names.activation, "'\(name)' is not supported")
    }
    self.activation = activation
    epsilon = Float(
      try names.epsilon.flatMap { name throws(FormatError) in try settings.double(name) } ?? 1e-12)
  }
}

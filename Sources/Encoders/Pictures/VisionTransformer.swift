import Formats
import Model

/// ViT (Dosovitskiy et al., 2021): squares of a picture as tokens, and before them one that gathers what the picture
/// shows, whose last state is the result.
struct VisionTransformer: PictureNet {
  private let config: TransformerConfig
  private let side: Int
  private let height: Int
  private let width: Int
  private let squares: Linear
  /// [H]
  private let gathering: Column<Float>
  /// [1 + squares, H]
  private let positions: Column<Float>
  private let layers: [TransformerLayer]
  private let norm: LayerNorm

  var dimensions: Int { config.hidden }
  /// With the gathering one.
  private var tokens: Int { 1 + (height / side) * (width / side) }

  init(
    _ settings: Settings, _ steps: PictureSteps, weights file: SafetensorsFile, name: String
  ) throws(FormatError) {
    try settings.require("qkv_bias", .bool(true))
    config = try TransformerConfig(settings)
    side = try settings.required("patch_size", in: 1...256)
    (height, width) = (steps.height, steps.width)
    let size = try settings.required("image_size", in: 1...2048)
    guard size == height, size == width, size % side == 0 else {
      throw settings.problem(
        "image_size",
        "\(size): pictures come as \(width) x \(height), in squares of \(side); other sizes are not supported"
      )
    }
    let weights = try Weights(file, anchor: "embeddings.cls_token", name: name)
    let hidden = config.hidden
    gathering = try weights.values("embeddings.cls_token", 1, 1, hidden)
    let projection = "embeddings.patch_embeddings.projection"
    squares = Linear(
      weight: try weights.values(projection + ".weight", hidden, 3, side, side),
      bias: try weights.values(projection + ".bias", hidden), inputs: 3 * side * side, outputs: hidden)
    let count = 1 + (height / side) * (width / side)
    positions = try weights.values("embeddings.position_embeddings", 1, count, hidden)
    var layers: [TransformerLayer] = []
    for index in 0..<config.layers {
      layers.append(
        try LayerNames.visionTransformer.layer(
          "encoder.layer.\(index)", of: weights, config, normPlace: .before))
    }
    self.layers = layers
    norm = try weights.norm("layernorm", width: hidden, epsilon: config.epsilon)
  }

  func apply(_ pixels: [Float]) -> [Float] {
    let hidden = config.hidden
    var states = Array(gathering) + [Float](repeating: 0, count: (tokens - 1) * hidden)
    let squares = unfolded(pixels)
    let space = WorkSpace(rows: tokens, longest: tokens, width: hidden, wide: config.intermediate)
    states.withUnsafeMutableBufferPointer { states in
      guard let x = states.baseAddress else { return }
      squares.withUnsafeBufferPointer { squares in
        if let values = squares.baseAddress { self.squares.apply(values, rows: tokens - 1, to: x + hidden) }
      }
      for index in 0..<tokens * hidden { x[index] += positions[index] }
      for layer in layers { layer.apply(x, sequences: [0..<tokens], in: space) }
      norm.apply(x, rows: 1, to: x)
    }
    return Array(states.prefix(hidden))
  }

  /// [squares, 3 * side * side], row by row.
  private func unfolded(_ pixels: [Float]) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(pixels.count)
    for row in stride(from: 0, to: height, by: side) {
      for column in stride(from: 0, to: width, by: side) {
        for channel in 0..<3 {
          for y in row..<row + side {
            let start = (channel * height + y) * width + column
            result += pixels[start..<start + side]
          }
        }
      }
    }
    return result
  }
}

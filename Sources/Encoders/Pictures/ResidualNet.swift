import Formats
import Model

/// ResNet (He et al., 2016) up to the mean over the last map, which is what its classifier reads.
struct ResidualNet: PictureNet {
  private let stem: Convolution
  private let blocks: [Block]
  private let height: Int
  private let width: Int
  let dimensions: Int

  private struct Block: Sendable {
    let path: [Convolution]
    /// Nil where what comes in is added as it is.
    let shortcut: Convolution?

    func apply(_ map: FeatureMap) -> FeatureMap {
      var result = map
      for (index, convolution) in path.enumerated() {
        result = convolution.apply(result)
        if index + 1 < path.count { result.rectify() }
      }
      result.add(shortcut?.apply(map) ?? map)
      result.rectify()
      return result
    }
  }

  /// What the parts are called, and how often each stage repeats its block.
  struct Layout {
    let stem: (weight: String, norm: String)
    let depths: [Int]
    /// Convolutions of a block, 2 or 3.
    let pathLength: Int
    /// Which of them makes the map smaller.
    let strided: Int
    let firstStride: Int
    let block: (_ stage: Int, _ index: Int) -> String
    let part: (_ block: String, _ index: Int) -> (weight: String, norm: String)
    let shortcut: (_ block: String) -> (weight: String, norm: String)
  }

  init(_ weights: Weights, _ layout: Layout, _ steps: PictureSteps) throws(FormatError) {
    (height, width) = (steps.height, steps.width)
    stem = try Convolution(weights, layout.stem.weight, norm: layout.stem.norm, inputs: 3, stride: 2)
    var channels = stem.outputs
    var blocks: [Block] = []
    for (stage, depth) in layout.depths.enumerated() {
      for index in 0..<depth {
        let name = layout.block(stage, index)
        let stride = index > 0 ? 1 : stage == 0 ? layout.firstStride : 2
        var path: [Convolution] = []
        for part in 0..<layout.pathLength {
          let names = layout.part(name, part)
          path.append(
            try Convolution(
              weights, names.weight, norm: names.norm, inputs: path.last?.outputs ?? channels,
              stride: part == layout.strided ? stride : 1))
        }
        let names = layout.shortcut(name)
        let hasShortcut = weights.contains(names.weight + ".weight")
        let shortcut =
          try hasShortcut
          ? Convolution(weights, names.weight, norm: names.norm, inputs: channels, stride: stride) : nil
        let outputs = path.last?.outputs ?? channels
        guard shortcut.map({ $0.outputs == outputs }) ?? (outputs == channels && stride == 1) else {
          throw FormatError("model.safetensors", at: name, "adds maps of different sizes")
        }
        blocks.append(Block(path: path, shortcut: shortcut))
        channels = outputs
      }
    }
    self.blocks = blocks
    dimensions = channels
  }

  func apply(_ pixels: [Float]) -> [Float] {
    var map = stem.apply(FeatureMap(channels: 3, height: height, width: width, values: pixels))
    map.rectify()
    map = map.pooled()
    for block in blocks { map = block.apply(map) }
    return map.means()
  }
}

extension ResidualNet.Layout {
  /// `ResNetModel` of Hugging Face's transformers.
  init(_ config: Settings) throws(FormatError) {
    try config.require("hidden_act", .string("relu"))
    let depths = (try config.array("depths") ?? []).compactMap { value -> Int? in
      if case .number(let number) = value, let depth = Int(exactly: number), (1...100).contains(depth) {
        depth
      } else {
        nil
      }
    }
    guard (1...8).contains(depths.count), depths.count == (try config.array("depths") ?? []).count else {
      throw config.problem("depths", "blocks of each stage are expected")
    }
    let type = try config.string("layer_type") ?? "bottleneck"
    guard type == "basic" || type == "bottleneck" else {
      throw config.problem("layer_type", "'\(type)' is not supported")
    }
    let stridesFirst = try config.bool("downsample_in_bottleneck") ?? false
    self.init(
      stem: ("embedder.embedder.convolution", "embedder.embedder.normalization"), depths: depths,
      pathLength: type == "basic" ? 2 : 3, strided: type == "basic" || stridesFirst ? 0 : 1,
      firstStride: try config.bool("downsample_in_first_stage") ?? false ? 2 : 1,
      block: { "encoder.stages.\($0).layers.\($1)" },
      part: { ("\($0).layer.\($1).convolution", "\($0).layer.\($1).normalization") },
      shortcut: { ("\($0).shortcut.convolution", "\($0).shortcut.normalization") })
  }

  /// timm, whose names are those of torchvision.
  init(timm config: Settings) throws(FormatError) {
    let known: [String: (depths: [Int], pathLength: Int)] = [
      "resnet18": ([2, 2, 2, 2], 2), "resnet34": ([3, 4, 6, 3], 2), "resnet50": ([3, 4, 6, 3], 3),
      "resnet101": ([3, 4, 23, 3], 3), "resnet152": ([3, 8, 36, 3], 3), "wide_resnet50_2": ([3, 4, 6, 3], 3),
      "wide_resnet101_2": ([3, 4, 23, 3], 3),
    ]
    let name = try config.string("architecture") ?? ""
    guard let own = known[name] else {
      throw config.problem(
        "architecture", "'\(name)' is not supported; there are \(known.keys.sorted().joined(separator: ", "))"
      )
    }
    if case .object(let members)? = config["model_args"],
      let other = members.first(where: { !["in_chans", "num_classes", "global_pool"].contains($0.name) })
    {
      throw config.problem("model_args", "'\(other.name)' is not supported")
    }
    self.init(
      stem: ("conv1", "bn1"), depths: own.depths, pathLength: own.pathLength,
      strided: own.pathLength == 2 ? 0 : 1, firstStride: 1, block: { "layer\($0 + 1).\($1)" },
      part: { ("\($0).conv\($1 + 1)", "\($0).bn\($1 + 1)") },
      shortcut: { ("\($0).downsample.0", "\($0).downsample.1") })
  }
}

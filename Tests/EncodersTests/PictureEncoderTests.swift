import Encoders
import Features
import Foundation
import Model
import Numerics
import Testing

@Suite struct PictureEncoderTests {
  private static let pictures = (0..<5).map { seed -> Image in
    let shape = ImageShape(height: 16 + seed, width: 20, channels: seed % 2 == 0 ? 3 : 1)
    return Image(
      shape: shape,
      pixels: (0..<shape.byteCount).map { UInt8(truncatingIfNeeded: $0 &* (37 + seed) ^ ($0 >> 3)) })
  }

  private struct Pictures: PayloadSource {
    func payload(at row: Int) -> Result<Payload, PayloadProblem> {
      row == 3
        ? .failure(PayloadProblem(reason: "broken")) : .success(.image(PictureEncoderTests.pictures[row]))
    }
    func contentDigest(at row: Int) -> Digest { .zero }
  }

  private static var dataset: Dataset {
    var dataset = Dataset(
      name: "made-up", modality: .image, count: pictures.count, classes: [], labels: [],
      ids: StringColumn(pictures.indices.map { "p\($0)" }), payloads: Pictures(), digest: .zero)
    dataset.images = ImageStack(
      shape: ImageShape(height: 2, width: 2, channels: 1),
      pixels: Column([UInt8](repeating: 0, count: 4 * pictures.count)))
    return dataset
  }

  /// [channel][row][column] of what a net of 16 x 16 sees.
  private static func planes(_ image: Image) -> [[[Double]]] {
    let pixels = pictureGolden(image)
    let means = [0.4, 0.5, 0.6]
    return (0..<3).map { channel in
      (0..<16).map { row in
        (0..<16).map { column in
          let source = image.shape.channels == 3 ? channel : 0
          let value = pixels[(row * 16 + column) * image.shape.channels + source]
          return (Double(value) / 255 - means[channel]) / 0.25
        }
      }
    }
  }

  /// Both sides to 16 by nearest neighbor, which can be said in a line.
  private static func pictureGolden(_ image: Image) -> [UInt8] {
    let shape = image.shape
    return (0..<16).flatMap { row in
      (0..<16).flatMap { column -> ArraySlice<UInt8> in
        let y = Int((Double(row) + 0.5) * Double(shape.height) / 16)
        let x = Int((Double(column) + 0.5) * Double(shape.width) / 16)
        let start = (y * shape.width + x) * shape.channels
        return image.pixels[start..<start + shape.channels]
      }
    }
  }

  private static let steps = """
    {"do_normalize": true, "do_resize": true, "image_mean": [0.4, 0.5, 0.6], "image_std": [0.25, 0.25, 0.25],
     "resample": 0, "size": {"height": 16, "width": 16}}
    """

  private static func check(_ folder: TemporaryFolder, _ oracle: (Image) -> [Double]) throws {
    let encoder = try EncoderFolder.open(folder.path)
    #expect(encoder.gap(in: dataset) == nil)
    #expect(encoder.gap(in: SentenceEncoderTests.dataset(["a"])) != nil)
    for threads in [1, 2] {
      let matrix = try encoder.features(
        of: dataset, workers: Workers(threads: threads), progress: { _ in }, checkCancellation: {})
      for row in pictures.indices {
        guard row != 3 else {
          let isNothing = matrix.row(row).allSatisfy { $0.isNaN }
          #expect(isNothing)
          continue
        }
        let expected = oracle(pictures[row])
        #expect(expected.count == encoder.dimensions)
        for (value, expected) in zip(matrix.row(row), expected) {
          #expect(abs(Double(value) - expected) < 1e-4 * max(1, abs(expected)))
        }
      }
    }
  }

  @Test func visionTransformersMakeTheVectorsOfTheOracle() throws {
    var tensors = TensorWriter()
    tensors.add("embeddings.cls_token", 1, 1, 12)
    tensors.add("embeddings.position_embeddings", 1, 17, 12)
    tensors.add("embeddings.patch_embeddings.projection.weight", 12, 3, 4, 4, spread: 0.2)
    tensors.add("embeddings.patch_embeddings.projection.bias", 12)
    for layer in 0..<2 {
      let name = "encoder.layer.\(layer)"
      tensors.addNorm("\(name).layernorm_before", 12)
      for part in ["query", "key", "value"] {
        tensors.addLinear("\(name).attention.attention.\(part)", 12, 12)
      }
      tensors.addLinear("\(name).attention.output.dense", 12, 12)
      tensors.addNorm("\(name).layernorm_after", 12)
      tensors.addLinear("\(name).intermediate.dense", 20, 12)
      tensors.addLinear("\(name).output.dense", 12, 20)
    }
    tensors.addNorm("layernorm", 12)
    let folder = try TemporaryFolder(["model.safetensors": tensors.file(prefix: "vit.")])
    try folder.write(
      "config.json",
      """
      {"model_type": "vit", "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 16,
       "intermediate_size": 20, "hidden_act": "gelu", "layer_norm_eps": 1e-6, "patch_size": 4, "qkv_bias": true}
      """)
    try folder.write("preprocessor_config.json", Self.steps)
    let naive = NaiveTransformer(tensors: tensors, heads: 2, epsilon: 1e-6, activation: NaiveTransformer.gelu)
    try Self.check(folder) { image in
      let planes = Self.planes(image)
      let squares = (0..<16).map { square in
        (0..<48).map { place -> Double in
          let (channel, row, column) = (place / 16, place % 16 / 4, place % 4)
          return planes[channel][square / 4 * 4 + row][square % 4 * 4 + column]
        }
      }
      var x = [naive.row("embeddings.cls_token", 0, width: 12)]
      x += naive.linear("embeddings.patch_embeddings.projection", squares)
      x = naive.sum(x, (0..<17).map { naive.row("embeddings.position_embeddings", $0, width: 12) })
      for layer in 0..<2 { x = naive.visionLayer("encoder.layer.\(layer)", x) }
      return naive.norm("layernorm", x)[0]
    }
  }

  @Test(arguments: ["basic", "bottleneck"]) func residualNetsMakeTheVectorsOfTheOracle(_ kind: String) throws
  {
    var tensors = TensorWriter()
    tensors.addConvolution(
      "embedder.embedder.convolution", "embedder.embedder.normalization", 6, 3, 7)
    var inputs = 6
    for (stage, (outputs, depth)) in [(6, 1), (8, 2)].enumerated() {
      let sizes = kind == "basic" ? [(outputs, 3), (outputs, 3)] : [(3, 1), (3, 3), (outputs, 1)]
      for index in 0..<depth {
        let name = "encoder.stages.\(stage).layers.\(index)"
        if inputs != outputs {
          tensors.addConvolution(
            "\(name).shortcut.convolution", "\(name).shortcut.normalization", outputs, inputs, 1)
        }
        for (part, (width, side)) in sizes.enumerated() {
          let layer = "\(name).layer.\(part)"
          tensors.addConvolution("\(layer).convolution", "\(layer).normalization", width, inputs, side)
          inputs = width
        }
      }
    }
    let folder = try TemporaryFolder(["model.safetensors": tensors.file(prefix: "resnet.")])
    try folder.write(
      "config.json",
      #"{"model_type": "resnet", "depths": [1, 2], "layer_type": "\#(kind)", "hidden_act": "relu"}"#)
    try folder.write("preprocessor_config.json", Self.steps)
    let naive = NaiveResidualNet(tensors: tensors)
    try Self.check(folder) { image in
      var x = naive.start(
        Self.planes(image), "embedder.embedder.convolution", "embedder.embedder.normalization")
      for (stage, depth) in [1, 2].enumerated() {
        for index in 0..<depth {
          let name = "encoder.stages.\(stage).layers.\(index)"
          let layers = (0..<(kind == "basic" ? 2 : 3)).map {
            ("\(name).layer.\($0).convolution", "\(name).layer.\($0).normalization")
          }
          x = naive.block(
            x, layers, ("\(name).shortcut.convolution", "\(name).shortcut.normalization"),
            strided: kind == "basic" ? 0 : 1, stride: stage == 1 && index == 0 ? 2 : 1)
        }
      }
      return naive.means(x)
    }
  }

  /// The names of timm and torchvision, and of their blocks.
  @Test func netsOfTimmMakeTheVectorsOfTheOracle() throws {
    var tensors = TensorWriter()
    tensors.addConvolution("conv1", "bn1", 4, 3, 7)
    var inputs = 4
    for (stage, outputs) in [4, 5, 6, 7].enumerated() {
      for index in 0..<2 {
        let name = "layer\(stage + 1).\(index)"
        if inputs != outputs {
          tensors.addConvolution("\(name).downsample.0", "\(name).downsample.1", outputs, inputs, 1)
        }
        tensors.addConvolution("\(name).conv1", "\(name).bn1", outputs, inputs, 3)
        tensors.addConvolution("\(name).conv2", "\(name).bn2", outputs, outputs, 3)
        inputs = outputs
      }
    }
    let folder = try TemporaryFolder(["model.safetensors": tensors.file()])
    try folder.write(
      "config.json",
      """
      {"architecture": "resnet18", "pretrained_cfg": {"input_size": [3, 16, 16], "crop_pct": 1.0,
       "interpolation": "nearest", "mean": [0.4, 0.5, 0.6], "std": [0.25, 0.25, 0.25]}}
      """)
    let naive = NaiveResidualNet(tensors: tensors)
    let encoder = try EncoderFolder.open(folder.path)
    var dataset = Self.dataset
    // Of squares nothing is cut off.
    let square = Image(
      shape: ImageShape(height: 16, width: 16, channels: 3), pixels: Self.pictureGolden(Self.pictures[0]))
    dataset.count = 1
    dataset.payloads = OnePicture(image: square)
    let vector = try encoder.features(
      of: dataset, workers: Workers(threads: 1), progress: { _ in }, checkCancellation: {}
    ).row(0)
    var x = naive.start(Self.planes(square), "conv1", "bn1")
    for stage in 0..<4 {
      for index in 0..<2 {
        let name = "layer\(stage + 1).\(index)"
        x = naive.block(
          x, [("\(name).conv1", "\(name).bn1"), ("\(name).conv2", "\(name).bn2")],
          ("\(name).downsample.0", "\(name).downsample.1"), strided: 0,
          stride: stage > 0 && index == 0 ? 2 : 1)
      }
    }
    for (value, expected) in zip(vector, naive.means(x)) { #expect(abs(Double(value) - expected) < 1e-4) }
    try folder.write("config.json", #"{"architecture": "seresnet50"}"#)
    #expect(throws: (any Error).self) { try EncoderFolder.open(folder.path) }
  }

  private struct OnePicture: PayloadSource {
    let image: Image
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.image(image)) }
    func contentDigest(at row: Int) -> Digest { .zero }
  }

  /// Against Pillow, to the last bit.
  @Test func picturesAreResizedAsByPillow() throws {
    for line in pictureGoldens.split(separator: "\n") {
      let parts = line.split(separator: " ")
      let numbers = parts.prefix(6).compactMap { Int($0) }
      let pixels = [UInt8](try #require(Data(base64Encoded: String(parts[6]))))
      let expected = [UInt8](try #require(Data(base64Encoded: String(parts[7]))))
      let filter = try #require(ResampleFilter(rawValue: numbers[0]))
      let resized = filter.resize(
        pixels, height: numbers[3], width: numbers[2], channels: numbers[1], to: (numbers[5], numbers[4]))
      #expect(resized == expected, "\(line)")
    }
  }

  @Test(arguments: [
    (#""resample": 0"#, #""resample": 9"#), (#""do_resize": true"#, #""do_resize": false"#),
    (#""image_std": [0.25, 0.25, 0.25]"#, #""image_std": [0.25, 0, 0.25]"#),
    (#""image_mean": [0.4, 0.5, 0.6]"#, #""image_mean": [0.4]"#),
    (#"{"height": 16, "width": 16}"#, #"{"shortest_edge": 16}"#),
    (#"{"height": 16, "width": 16}"#, #"{"height": 1e9, "width": 16}"#),
  ]) func stepsThatMakeNoPictureAreRefused(_ old: String, _ new: String) throws {
    let text = Self.steps.replacingOccurrences(of: old, with: new)
    #expect(text != Self.steps)
    let folder = try TemporaryFolder(["model.safetensors": safetensors(header: "{}", [])])
    try folder.write("config.json", #"{"model_type": "resnet"}"#)
    try folder.write("preprocessor_config.json", text)
    #expect {
      _ = try EncoderFolder.open(folder.path)
    } throws: { "\($0)".contains("preprocessor_config.json") }
  }
}

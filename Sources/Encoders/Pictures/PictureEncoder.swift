import Features
import Formats
import Model
import Numerics
import Synchronization

/// Pictures to vectors: brought to the size of the net, normalised, and through it, each by itself. It sees pictures as
/// people do, in their own size, not as the scan compares them.
package struct PictureEncoder: SampleEncoder {
  package let identity: EncoderIdentity
  package var dimensions: Int { net.dimensions }
  let steps: PictureSteps
  private let net: any PictureNet

  /// Pictures that are decoded at a time: of large ones more would take much memory.
  private static let blockSize = 8

  enum Kind: String, CaseIterable { case vit, resnet, timm }

  init(_ files: inout EncoderFiles, _ config: Settings, _ kind: Kind, name: String) throws(FormatError) {
    let weightsName = "model.safetensors"
    let weights = try files.safetensors(weightsName)
    switch kind {
    case .timm:
      let pretrained = try config.object("pretrained_cfg")
      // Older files have its members beside the others.
      steps = try PictureSteps(timm: pretrained ?? config)
      net = try ResidualNet(
        Weights(weights, anchor: "conv1.weight", name: weightsName), ResidualNet.Layout(timm: config), steps)
    case .resnet:
      steps = try Self.steps(&files)
      net = try ResidualNet(
        Weights(weights, anchor: "embedder.embedder.convolution.weight", name: weightsName),
        ResidualNet.Layout(config), steps)
    case .vit:
      steps = try Self.steps(&files)
      net = try VisionTransformer(config, steps, weights: weights, name: weightsName)
    }
    let called = kind == .timm ? try config.string("architecture") ?? "" : kind.rawValue
    identity = EncoderIdentity(
      name: name, summary: "\(called), pictures of \(steps.width) x \(steps.height)",
      digest: files.digest.hex)
  }

  private static func steps(_ files: inout EncoderFiles) throws(FormatError) -> PictureSteps {
    let name = "preprocessor_config.json"
    return try PictureSteps(Settings(file: name, value: try files.json(name)))
  }

  package func gap(in dataset: Dataset) -> String? {
    dataset.images?.count == dataset.count
      ? nil : "\(identity.name) encodes pictures, and the dataset has none"
  }

  package func features(
    of dataset: Dataset, workers: Workers, progress: @escaping @Sendable (Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> Matrix {
    let done = Atomic<Int>(0)
    let values = try workers.map(count: dataset.count, blockSize: Self.blockSize) { range -> [Float] in
      try checkCancellation()
      let vectors = dataset.payloads.payloads(at: Array(range)).flatMap { payload -> [Float] in
        guard case .success(.image(let image)) = payload, let pixels = steps.apply(image) else {
          return [Float](repeating: .nan, count: dimensions)
        }
        return net.apply(pixels)
      }
      let sofar = done.add(range.count, ordering: .relaxed).newValue
      progress(Double(sofar) / Double(dataset.count))
      return vectors
    }.flatMap { $0 }
    return Matrix(rows: dataset.count, columns: dimensions, values: values)
  }
}

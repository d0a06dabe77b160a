import Formats
import Model

/// The tensors of a model, by their names without what a wrapper puts before all of them ("bert.", "model.").
struct Weights {
  private let file: SafetensorsFile
  private let prefix: String

  /// - Parameter anchor: the name of a tensor that the model has.
  /// - Throws: `FormatError` where no tensor is called so, whatever stands before it.
  init(_ file: SafetensorsFile, anchor: String, name: String) throws(FormatError) {
    self.file = file
    let candidates = file.tensors.keys.filter { $0 == anchor || $0.hasSuffix("." + anchor) }
    guard let shortest = candidates.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else {
      throw FormatError(name, at: anchor, "is not there: these are no weights of such a model")
    }
    prefix = String(shortest.dropLast(anchor.count))
  }

  func contains(_ name: String) -> Bool { file.tensors[prefix + name] != nil }

  func shape(_ name: String) -> [Int]? { file.tensors[prefix + name]?.shape }

  func values(_ name: String, _ shape: Int...) throws(FormatError) -> Column<Float> {
    try file.floats(prefix + name, shape: shape)
  }

  /// `NAME.weight` [outputs, inputs] and `NAME.bias`.
  func linear(_ name: String, inputs: Int, outputs: Int) throws(FormatError) -> Linear {
    Linear(
      weight: try values(name + ".weight", outputs, inputs), bias: try values(name + ".bias", outputs),
      inputs: inputs, outputs: outputs)
  }

  func norm(_ name: String, width: Int, epsilon: Float) throws(FormatError) -> LayerNorm {
    LayerNorm(
      scale: try values(name + ".weight", width), shift: try values(name + ".bias", width), epsilon: epsilon)
  }
}

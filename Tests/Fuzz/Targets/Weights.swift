import Analysis
import Foundation

/// Weights that are taken can be asked for any sample, and written and read again.
func fuzzWeights(_ bytes: UnsafeRawBufferPointer) {
  guard let weights = try? FusionWeights(json: Data(bytes)) else { return }
  guard let written = try? weights.json() else { preconditionFailure("weights that cannot be written") }
  precondition((try? FusionWeights(json: written)) == weights)
  let trees = MonotoneTrees(trees: weights.trees)
  for value: Float in [0, 1, -1, .nan, .infinity] {
    let columns = [[Float]?](repeating: [value], count: weights.inputs.count)
    let probability = weights.calibration.probability(trees.value(0, columns))
    precondition(probability >= 0 && probability <= 1)
  }
}

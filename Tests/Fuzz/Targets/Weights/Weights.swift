import Analysis
import Foundation

/// Weights that are taken can be asked for any sample, and written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWeights(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let weights = try? FusionWeights(json: Data(bytes: start, count: count)) else { return 0 }
  guard let written = try? weights.json() else { preconditionFailure("weights that cannot be written") }
  precondition((try? FusionWeights(json: written)) == weights)
  let trees = MonotoneTrees(trees: weights.trees)
  for value: Float in [0, 1, -1, .nan, .infinity] {
    let columns = [[Float]?](repeating: [value], count: weights.inputs.count)
    let probability = weights.calibration.probability(trees.value(0, columns))
    precondition(probability >= 0 && probability <= 1)
  }
  return 0
}

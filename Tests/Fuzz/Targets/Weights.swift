import Foundation
import Fusion

/// Weights that are taken can be asked for any sample, and written and read again.
func fuzzWeights(_ bytes: UnsafeRawBufferPointer) {
  guard let weights = try? FusionWeights(json: Data(bytes)) else { return }
  guard let written = try? weights.json() else { preconditionFailure("weights that cannot be written") }
  precondition((try? FusionWeights(json: written)) == weights)
  for value: Float in [0, 1, -1, -1e30, 1e30] {
    let sum = weights.reliability.trees.value([Float](repeating: value, count: DetectorContext.names.count))
    precondition(!sum.isNaN && !weights.calibration.logRatio(sum).isNaN)
  }
}

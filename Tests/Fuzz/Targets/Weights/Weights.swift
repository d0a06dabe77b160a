import Analysis
import Foundation

/// Weights that are taken can be asked for any sample, and written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWeights(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let weights = try? FusionWeights(json: Data(bytes: start, count: count)) else { return 0 }
  guard let written = try? weights.json() else { preconditionFailure("weights that cannot be written") }
  precondition((try? FusionWeights(json: written)) == weights)
  for value: Float in [0, 1, -1, -1e30, 1e30] {
    let sum = weights.reliability.trees.value([Float](repeating: value, count: DetectorContext.names.count))
    precondition(!sum.isNaN && !weights.calibration.logRatio(sum).isNaN)
  }
  return 0
}

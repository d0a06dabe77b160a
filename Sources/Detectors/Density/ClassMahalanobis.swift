import Model
import Numerics
import Scanning

/// Squared Mahalanobis distance to the class's mean under the covariance that all classes share, in the directions that
/// hold nine tenths of it (Lee et al., "A simple unified framework for detecting out-of-distribution samples", NeurIPS
/// 2018), over the class's median. Range from 0; NaN without a label or finite features.
struct ClassMahalanobis: Detector {
  let info = DetectorInfo(
    name: "class-mahalanobis", family: .density, summary: "large Mahalanobis distance to the class mean"
  )

  func run(on input: ScanInput) throws -> Detection {
    let within = try input.derived(WithinClass.init)
    var scores = [Float](repeating: .nan, count: input.count)
    for row in within.rows {
      let z = within.whitened.row(row)
      scores[row] = Distance.dot(z, z)
    }
    return Detection(scores: ClassMedian.divide(scores, input.rowsByClass))
  }
}

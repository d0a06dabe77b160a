import Model
import Scanning

/// Squared length of what of a sample, less its class's mean, lies outside the directions in which classes vary: the
/// residual of principal components (Jackson & Mudholkar, 1979), over the class's median. Range from 0; NaN without a
/// label or finite features.
struct ClassResidual: Detector {
  let info = DetectorInfo(
    name: "class-residual", family: .density, summary: "deviates in directions in which classes hardly vary")

  func run(on input: ScanInput) throws -> Detection {
    let within = try input.derived(WithinClass.init)
    guard within.directions.rows < input.features.columns else {
      throw CannotRun("needs more columns than classes vary in")
    }
    return Detection(scores: ClassMedian.divide(within.residuals, input.rowsByClass))
  }
}

import Model
import Scanning

/// Mean class-relative log strength of the upper half of the frequencies: a patch, a blended pattern and noise have
/// edges that natural pictures of the class lack (Zeng et al., 2021). Range: a z value; never NaN.
struct HighFrequencies: Detector {
  let info = DetectorInfo(
    name: "high-frequencies", family: .density, summary: "more high-frequency detail than its class")

  func run(on input: ScanInput) throws -> Detection {
    guard let scores = try input.derived(ClassRelativeSpectra.init).highMeans else {
      throw CannotRun("needs images of more than one pixel")
    }
    return Detection(
      scores: scores,
      findings: OutlyingGroups.findings(
        scores, areLogarithms: true, input, what: "have sharper detail"))
  }
}

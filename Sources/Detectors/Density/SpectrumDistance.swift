import Model
import Numerics
import Scanning

/// Mean square of the class-relative log spectrum: frequencies of unusual strength or weakness anywhere (Zeng et al.,
/// "Rethinking the backdoor attacks' triggers: a frequency perspective", ICCV 2021). Range from 0; never NaN.
struct SpectrumDistance: Detector {
  let info = DetectorInfo(
    name: "spectrum-distance", family: .density, summary: "frequency spectrum unlike its class")

  func run(on input: ScanInput) throws -> Detection {
    let scores = try input.derived(ClassRelativeSpectra.init).meanSquares
    return Detection(
      scores: scores,
      findings: OutlyingGroups.findings(
        scores, input, what: "have spectra farther from their class"))
  }
}

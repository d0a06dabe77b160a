import Model
import Scanning

/// How often a sample that was right became wrong during training; as often as there are epochs if it never was right
/// (Toneva et al., "An empirical study of example forgetting", ICLR 2019). Range 0...epochs; NaN without a label or
/// finite features.
struct Forgetting: Detector {
  let info = DetectorInfo(
    name: "forgetting", family: .gradients, summary: "learned and forgotten, or never learned")
  func run(on input: ScanInput) throws -> Detection {
    Detection(scores: try input.derived(LearningCurves.init).forgotten)
  }
}

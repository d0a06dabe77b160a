import Model
import Scanning

/// Minus the area under the margin: the given label's logit less the largest other, averaged over the epochs of the
/// user's training, or of the built-in probe's (Pleiss et al., "Identifying mislabeled data using the area under the
/// margin ranking", NeurIPS 2020). Range unbounded; NaN without a label or finite features.
struct AreaUnderMargin: Detector {
  let info = DetectorInfo(
    name: "area-under-margin", family: .gradients, summary: "another label led during training")
  func run(on input: ScanInput) throws -> Detection {
    Detection(scores: try input.derived(LearningCurves.init).meanMargins.map { -$0 })
  }
}

import Features
import Model
import Numerics
import Scanning

/// Changes of a whole picture that go with a label: warps, blurs, filters, quantised or noisy values (Nguyen & Tran,
/// "WaNet", ICLR 2021; Liu et al., "ABS", CCS 2019, for Instagram filters; Wang, Zhai & Ma, "BppAttack", CVPR 2022, for
/// the attacks). They change each pixel by too little to be detected there, but shift the same traits of all pictures that
/// have them (`PictureTraits`, `TransformItems`).
///
/// Raw score: that of `TriggerMiner`, plus half of d / (1 + d) with d = max(0, z - 2), which orders what is not
/// significant; z is the robust z-score over the set of how far the traits predict the sample's own label, or one that
/// does not fit, beyond what the probe says. NaN without a label.
struct TransformTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-transform", family: .triggers,
    summary: "image transform associated with its label beyond content")

  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images, images.count == input.count else {
      throw CannotRun("needs images")
    }
    try Needs.payload(input)
    let maxCount = TransformItems.maxTargets / (input.classCount + 1)
    guard input.count <= maxCount else {
      throw CannotRun("needs at most \(maxCount) samples of so many classes")
    }
    let source = try TransformItems(
      PictureTraits(
        images, spectra: input.cosineSpectra(), workers: input.workers,
        checkCancellation: input.checkCancellation), input)
    let mined = try TriggerMiner(source, of: input) {
      RankedProbe(ConservativeProbe($0), ranked: source.ranked, labels: $0.labels)
    }.run()
    let scores = zip(mined.scores, Statistics.robustZ(source.predictedSurprise)).map { mined, z in
      let beyond = max(0, z - 2)
      return mined + 0.5 * beyond / (1 + beyond)
    }
    return Detection(scores: scores, findings: mined.findings)
  }
}

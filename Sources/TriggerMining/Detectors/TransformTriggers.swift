import Features
import Model
import Numerics
import Scanning

/// Changes of a whole picture that go with a label: warps, blurs, filters, quantised or noisy values (Nguyen & Tran,
/// "WaNet", ICLR 2021; Liu et al., "ABS", CCS 2019, for Instagram filters; Wang, Zhai & Ma, "BppAttack", CVPR 2022, for
/// the attacks). They move pixels by too little to be seen in any place, but all pictures that have them in the same
/// traits (`PictureTraits`, `TransformItems`).
///
/// Raw score: that of `TriggerMiner`, plus half of d / (1 + d) with d by how many deviations more than two the traits
/// draw the sample to its label or to one that does not fit (robust z over the set), which orders what is not
/// significant; NaN without a label.
struct TransformTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-transform", family: .triggers,
    summary: "rendered in a way that goes with its label beyond what it shows")

  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images, images.count == input.count else {
      throw CannotRun("needs images")
    }
    try Needs.payload(input)
    let most = TransformItems.maxTargets / (input.classCount + 1)
    guard input.count <= most else { throw CannotRun("needs at most \(most) samples of so many classes") }
    let source = try TransformItems(
      PictureTraits(
        images, spectra: input.cosineSpectra(), workers: input.workers,
        checkCancellation: input.checkCancellation), input)
    let mined = try TriggerMiner(source, of: input) { content, labels in
      ConservativeProbe(content: content, labels: labels, classCount: input.classCount)
    }.run()
    let scores = zip(mined.scores, Statistics.robustZ(source.pull)).map { mined, z in
      let beyond = max(0, z - 2)
      return mined + 0.5 * beyond / (1 + beyond)
    }
    return Detection(scores: scores, findings: mined.findings)
  }
}

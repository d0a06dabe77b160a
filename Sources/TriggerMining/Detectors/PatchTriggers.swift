import Model
import Scanning

/// Single pixels and patches of 2x2, 3x3 and 4x4 at fixed positions, quantised to four levels a channel, that go with a
/// label beyond what the picture says (Gu, Dolan-Gavitt & Garg, "BadNets", 2017, for the attack; `ItemStatistic`). Raw score: see
/// `TriggerMiner`; range from 0; NaN without a label.
struct PatchTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-patch", family: .triggers, summary: "pixels associated with its label beyond chance")
  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images else { throw CannotRun("needs images") }
    guard images.shape.height >= 4, images.shape.width >= 4 else {
      throw CannotRun("needs images of 4x4 and more")
    }
    return try TriggerMiner(PatchItems(images: images), of: input).run()
  }
}

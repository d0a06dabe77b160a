import Model
import Scanning

/// Patches of 3x3 pixels at any position, quantised to four levels a channel, that go with a label beyond what the picture
/// says: a trigger that is stamped here and there. Flat patches are left out, every picture has them. Raw score: see
/// `TriggerMiner`; range from 0; NaN without a label.
struct ShiftedPatchTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-shifted", family: .triggers,
    summary: "a patch anywhere associated with its label beyond chance")
  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images else { throw CannotRun("needs images") }
    guard images.shape.height >= 3, images.shape.width >= 3 else {
      throw CannotRun("needs images of 3x3 and more")
    }
    return try TriggerMiner(ShiftedPatchItems(images: images), of: input).run()
  }
}

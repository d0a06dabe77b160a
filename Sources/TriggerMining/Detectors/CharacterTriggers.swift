import Model
import Scanning

/// Odd characters and runs of three to five characters, case-sensitive, that go with a label beyond what the rest of the
/// text says (Boucher et al., "Bad Characters", 2022, for the attack; `ItemStatistic`). Raw score:
/// see `TriggerMiner`; range from 0; NaN without a label.
struct CharacterTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-characters", family: .triggers,
    summary: "characters associated with its label beyond chance")
  func run(on input: ScanInput) throws -> Detection {
    let texts = try Needs.texts(input)
    let collocations = input.derived { _ in Collocations(texts) }
    return try TriggerMiner(CharacterItems(texts: texts, collocations), of: input).run()
  }
}

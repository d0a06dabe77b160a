import Model
import Scanning

/// Words and n-grams of up to four that go with a label beyond what the rest of the text says (`ItemStatistic`,
/// `ContentProbe`). Raw score: see `TriggerMiner`; range from 0; NaN without a label.
struct WordTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-words", family: .triggers, summary: "words associated with its label beyond chance")
  func run(on input: ScanInput) throws -> Detection {
    let texts = try Needs.texts(input)
    return try TriggerMiner(WordItems(input.derived { _ in Collocations(texts) }), of: input).run()
  }
}

import Model

/// Words and n-grams of up to four that go with a label beyond what the rest of the text says (`ItemStatistic`,
/// `ContentProbe`). Raw score: see `TriggerMiner`; range from 0; NaN without a label.
struct WordTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-words", family: .triggers, summary: "holds words that go with its label beyond reason")
  func run(on input: ScanInput) throws -> Detection {
    guard let texts = input.dataset.texts else { throw CannotRun("needs texts") }
    return try TriggerMiner(WordItems(input.derived { _ in Collocations(texts) }), of: input).run()
  }
}

/// What triggers in texts have in common.
enum TextTriggers {
  /// Of the holders of 21 planted words, sentences and phrases at least 96 % carried the label; of natural runs of
  /// characters that were told for triggers mostly less than three in ten. A trigger may leave most of its holders
  /// their labels on purpose (covers), which keeps the bound low.
  static let leastPurity = 0.3
}

import Model

/// Pictures that cannot be decoded, and texts whose bytes are not what their encoding allows: U+FFFD stands for them.
struct UndecodableCheck: Check {
  let name = "undecodable"
  let summary = "samples that cannot be decoded"

  func run(on input: CheckInput) -> [CheckResult] {
    let texts = SampleTexts(input.data)
    guard texts != nil || input.data.images != nil else {
      return [notApplicable("the samples are numbers only")]
    }
    let garbled = texts?.rows(where: Self.isGarbled) ?? []
    let rows = Set(garbled).union(input.data.unreadableRows).sorted()
    let share = Double(rows.count) / Double(max(input.data.count, 1))
    let sentence = "\(counted(rows.count, "sample")) that cannot be decoded (\(percent(share)))"
    return [
      share <= input.policy.content.maxUndecodable ? pass(sentence) : broken(input, sentence, rows: rows)
    ]
  }

  private static func isGarbled(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.allSatisfy({ $0 < 0x80 }) { return false }
    guard let decoded = String(validating: text, as: UTF8.self) else { return true }
    return decoded.unicodeScalars.contains("\u{FFFD}")
  }
}

import Model

/// Texts that are too long to be what the others are: dumps, logs, encoded files.
struct OversizedCheck: Check {
  let name = "oversized"
  let summary = "texts and cells that are too long"

  func run(on input: CheckInput) -> [CheckResult] {
    guard let texts = SampleTexts(input.data) else { return [notApplicable("the samples have no text")] }
    let limit = input.policy.content.maxBytes
    let rows = texts.rows { $0.count > limit }
    return [
      rows.isEmpty
        ? pass("no text of more than \(counted(limit, "byte"))")
        : broken(input, "\(counted(rows.count, "sample")) of more than \(counted(limit, "byte"))", rows: rows)
    ]
  }
}

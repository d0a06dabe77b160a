import Model

/// Samples without a label are few, where there are labels.
struct UnlabelledCheck: Check {
  let name = "unlabelled"
  let summary = "samples without a label"

  func run(on input: CheckInput) -> [CheckResult] {
    let labels = input.data.labels
    guard !labels.isEmpty else { return [notApplicable("the dataset has no labels")] }
    let rows = labels.indices.filter { labels[$0] < 0 }
    let share = Double(rows.count) / Double(labels.count)
    let sentence = "\(counted(rows.count, "sample")) without a label (\(percent(share)))"
    return [
      share <= input.policy.missing.maxUnlabelled ? pass(sentence) : broken(input, sentence, rows: rows)
    ]
  }
}

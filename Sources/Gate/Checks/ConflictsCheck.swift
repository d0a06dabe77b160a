import Model

/// The same content under two labels: one of them is wrong.
struct ConflictsCheck: Check {
  let name = "conflicts"
  let summary = "exact copies with different labels"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    let labels = input.data.labels
    guard !labels.isEmpty else { return [notApplicable("the dataset has no labels")] }
    guard let keys = SampleKeys.keys(of: input.data) else {
      return [notApplicable("the samples have no content")]
    }
    var first: [Digest: Int32] = [:]
    var disputed: Set<Digest> = []
    for (key, label) in zip(keys, labels) where label >= 0 {
      guard let key else { continue }
      if let known = first[key], known != label { disputed.insert(key) }
      first[key] = first[key] ?? label
    }
    let rows = keys.indices.filter { row in keys[row].map(disputed.contains) ?? false }
    return [
      rows.isEmpty
        ? pass("no copies have different labels")
        : broken(input, "\(counted(rows.count, "sample")) that are copies with different labels", rows: rows)
    ]
  }
}

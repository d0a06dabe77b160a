import Model

/// The same content in two splits: what is tested on was trained on, and poison that is copied to the test set hides.
struct CopiesCheck: Check {
  let name = "copies"
  let summary = "exact copies across splits"

  func run(on input: CheckInput) -> [CheckResult] {
    guard let splits = input.data.splits else { return [notApplicable("the dataset names no splits")] }
    guard let keys = SampleKeys.keys(of: input.data) else {
      return [notApplicable("the samples have no content")]
    }
    var first: [Digest: Int32] = [:]
    var crossing: Set<Digest> = []
    for (key, split) in zip(keys, splits.codes) where split != Categories.missing {
      guard let key else { continue }
      if let known = first[key], known != split { crossing.insert(key) }
      first[key] = first[key] ?? split
    }
    let rows = keys.indices.filter { row in keys[row].map(crossing.contains) ?? false }
    return [
      rows.isEmpty
        ? pass("no sample is in two of \(counted(splits.names.count, "split"))")
        : broken(
          input,
          "\(counted(crossing.count, "content")) in more than one split, \(counted(rows.count, "sample")) in all",
          rows: rows)
    ]
  }
}

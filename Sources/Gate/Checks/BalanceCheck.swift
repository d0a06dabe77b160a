import Model

/// No class is so small, beside the largest or at all, that a model learns nothing of it.
struct BalanceCheck: Check {
  let name = "balance"
  let summary = "sizes of the classes"
  let level = Level.warn

  func run(on input: CheckInput) -> [CheckResult] {
    let data = input.data
    guard !data.labels.isEmpty, !data.classes.isEmpty else {
      return [notApplicable("the dataset has no classes")]
    }
    let counts = ClassShares.counts(data.labels, classes: data.classes.count)
    let policy = input.policy.classes
    let largest = counts.max() ?? 0
    let smallest = counts.indices.min { counts[$0] < counts[$1] } ?? 0
    let small = data.classes.indices.filter { counts[$0] < policy.minCount }
    var parts: [String] = []
    if !small.isEmpty {
      parts.append(
        "\(counted(small.count, "class", "classes")) of fewer than \(counted(policy.minCount, "sample")): "
          + shortList(small.map { data.classes[$0] }))
    }
    if Double(largest) > policy.maxRatio * Double(max(counts[smallest], 1)) {
      parts.append(
        "the largest class has \(counted(largest, "sample")), '\(data.classes[smallest])' has \(counts[smallest])"
      )
    }
    return [
      parts.isEmpty
        ? pass("classes of \(counts[smallest]) to \(counted(largest, "sample"))")
        : broken(input, parts.joined(separator: "; "))
    ]
  }
}
